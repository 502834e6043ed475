// One stage: its figures, and where the cases go that do not reach the next one.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DropOff, FunnelOfVersion, FunnelStageAnswer } from '../../api/funnel';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { Facts } from '../explore/Facts';
import { type Filter, lacksAll, withFilter } from '../explore/filters';
import parts from '../explore/Parts.module.css';
import { valuesOf } from './bars';
import { CountLink } from './CountLink';
import styles from './Funnel.module.css';
import { atPlace, type Funnel, hasEnded, hasLater, lacksLater, stopsElsewhere } from './places';

interface StageDetailProps {
  answer: FunnelOfVersion;
  stage: FunnelStageAnswer;
  funnel: Funnel;
  ends: string[];
  value: string | undefined;
  /** Somebody has chosen it; else it is where most cases stop. */
  isChosen: boolean;
  filters: unknown[];
  onFilters: (filters: unknown[]) => void;
}

export function StageDetail(props: StageDetailProps) {
  const { answer, stage, funnel, filters, onFilters, isChosen } = props;
  const text = useText();
  const { stages } = answer.funnel;
  const next = stages[stages.indexOf(stage) + 1];
  const keep = (filter: Filter) => onFilters(withFilter(filters, filter));
  return (
    <section className={styles.detail} aria-label={stage.stage}>
      <h3 className={styles.subtitle}>{stage.stage}</h3>
      {!isChosen && stage.drop_off && stage.drop_off.cases > 0 && (
        <p className={styles.hint}>{text('funnel.detail.most')}</p>
      )}
      <Figures {...props} />
      {next && stage.drop_off && stage.drop_off.cases > 0 && (
        <Stops {...props} dropOff={stage.drop_off} next={next.stage} />
      )}
      {next && stage.drop_off?.cases === 0 && (
        <p className={styles.hint}>{text('funnel.stops.none', { next: next.stage })}</p>
      )}
      <p className={`${styles.buttons} not-printed`}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => keep(atPlace(funnel, 'reached', stage.stage))}
        >
          {text('funnel.keep.reached')}
        </Button>
        {next && stage.drop_off && stage.drop_off.cases > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => keep(atPlace(funnel, 'stopped', stage.stage))}
          >
            {text('funnel.keep.stopped')}
          </Button>
        )}
      </p>
    </section>
  );
}

/** A line of a list of figures. */
type Line = [string, ReactNode];

function Figures({ answer, stage, funnel, value }: StageDetailProps) {
  const text = useText();
  const format = useFormats();
  const counted = (count: number, filter: Filter, name: string) => (
    <CountLink {...{ count, name }} and={[filter]} />
  );
  const { stage: name, from_previous_s: time } = stage;
  const isFirst = answer.funnel.stages[0] === stage;
  const percent = (share: number | null | undefined) =>
    typeof share === 'number' ? format.percent(share) : '–';
  const lines: Line[] = [
    [text('funnel.reached'), counted(stage.cases, atPlace(funnel, 'reached', name), name)],
  ];
  if (!isFirst) {
    lines.push(
      [text('funnel.fromPrevious'), percent(stage.from_previous)],
      [text('funnel.fromStart'), percent(stage.from_start)],
    );
    if (typeof stage.from_previous_decided === 'number') {
      lines.push([text('funnel.decided'), percent(stage.from_previous_decided)]);
    }
    lines.push(
      [text('funnel.time.median'), time ? format.duration(time.median) : '–'],
      [text('funnel.time.p90'), time ? format.duration(time.p90) : '–'],
    );
  }
  if (value) {
    const sums = valuesOf(stage.values ?? [], format, false);
    lines.push([text('funnel.value.at', { value }), sums]);
  }
  const skipped = text('funnel.skipped');
  const returned = text('funnel.returned');
  lines.push(
    [skipped, counted(stage.skipped, atPlace(funnel, 'skipped', name), `${name}, ${skipped}`)],
    [
      returned,
      counted(stage.returned_cases, atPlace(funnel, 'returned', name), `${name}, ${returned}`),
    ],
  );
  return <Facts lines={lines} className={styles.figures} />;
}

interface StopsProps extends StageDetailProps {
  dropOff: DropOff;
  next: string;
}

function Stops({ answer, stage, funnel, ends, dropOff, next }: StopsProps) {
  const text = useText();
  const rich = useRichText();
  const format = useFormats();
  const stopped = atPlace(funnel, 'stopped', stage.stage);
  const link = (count: number, and: Filter[], name: string) => (
    <CountLink key={name} {...{ count, and, name }} />
  );
  const { stages } = answer.funnel;
  const listed = dropOff.next.map((one) => one.activity ?? null);
  const openOf = (count: number | null | undefined, and: Filter[], name: string) =>
    link(count ?? 0, [...and, lacksAll(ends)], `${name}, ${text('funnel.open')}`);
  const title = text('funnel.stops', { next });
  const isKnown = typeof dropOff.open === 'number';
  const share = (count: number) => format.percent(count / Math.max(1, dropOff.cases));
  return (
    <>
      <h4 className={styles.heading}>{title}</h4>
      <p className={styles.said}>
        {rich('funnel.stops.of', {
          cases: link(dropOff.cases, [stopped], title),
          share: format.percent(dropOff.cases / stage.cases),
        })}
        {isKnown && (
          <>
            {' · '}
            {text('funnel.stops.open')}{' '}
            {link(dropOff.open ?? 0, [stopped, lacksAll(ends)], text('funnel.stops.open'))}
            {' · '}
            {text('funnel.stops.ended')}{' '}
            {link(dropOff.ended ?? 0, [stopped, hasEnded(ends)], text('funnel.stops.ended'))}
          </>
        )}
      </p>
      {dropOff.later > 0 && (
        <p className={styles.hint}>
          {rich('funnel.stops.later', {
            next,
            later: dropOff.later,
            none: dropOff.nothing_later,
            laterCases: () =>
              link(
                dropOff.later,
                [stopped, hasLater(funnel, stages, stage.stage)],
                text('funnel.later'),
              ),
            otherCases: () =>
              link(
                dropOff.nothing_later,
                [stopped, lacksLater(funnel, stages, stage.stage)],
                text('funnel.later.none'),
              ),
          })}
        </p>
      )}
      <table className={parts.plain} aria-label={text('funnel.next')}>
        <thead>
          <tr>
            <th scope="col">{text('funnel.next')}</th>
            <th scope="col">{text('funnel.cases')}</th>
            <th scope="col">{text('funnel.share')}</th>
            {isKnown && <th scope="col">{text('funnel.open')}</th>}
          </tr>
        </thead>
        <tbody>
          {dropOff.next.map(({ activity, cases, open }) => {
            const filter = atPlace(funnel, 'stopped', stage.stage, { next: [activity ?? null] });
            const name = activity ?? text('funnel.next.nothing');
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{link(cases, [filter], name)}</td>
                <td>{share(cases)}</td>
                {isKnown && <td>{openOf(open, [filter], name)}</td>}
              </tr>
            );
          })}
          {dropOff.other && (
            <Others
              {...{ share, isKnown, link, openOf }}
              other={dropOff.other}
              and={stopsElsewhere(funnel, stage.stage, listed)}
            />
          )}
        </tbody>
      </table>
    </>
  );
}

interface OthersProps {
  other: NonNullable<DropOff['other']>;
  and: Filter[];
  isKnown: boolean;
  share: (count: number) => string;
  link: (count: number, and: Filter[], name: string) => ReactNode;
  openOf: (count: number | null | undefined, and: Filter[], name: string) => ReactNode;
}

/** What comes next in fewer cases than all that is listed. */
function Others({ other, and, isKnown, share, link, openOf }: OthersProps) {
  const text = useText();
  const name = text('funnel.next.other', { count: other.activities });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{link(other.cases, and, name)}</td>
      <td>{share(other.cases)}</td>
      {isKnown && <td>{openOf(other.open, and, name)}</td>}
    </tr>
  );
}
