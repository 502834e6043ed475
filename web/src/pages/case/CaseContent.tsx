// What is told of a case: figures, path, timeline, events, attributes.
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Map as MapIcon } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { CaseAnswer, CaseOfVersion } from '../../api/cases';
import { sameVariantQuery } from '../../api/variants';
import { type Formats, useFormats } from '../../format';
import { CaseTimeline } from '../../pictures/timeline/CaseTimeline';
import { WholePath } from '../../pictures/variants/ChevronStrip';
import { runsOf } from '../../pictures/variants/runs';
import { isToDay, type Precision, toldTime } from '../../precision';
import { useText } from '../../text/useText';
import { Facts } from '../explore/Facts';
import { linkSearch } from '../explore/search';
import { useSize } from '../explore/useSize';
import { NamedCases } from '../log/NamedCases';
import { CaseAttributes } from './CaseAttributes';
import { CaseEvents } from './CaseEvents';
import type { CaseViewProps } from './CaseView';
import styles from './CaseView.module.css';
import { timelineEvents } from './timelineEvents';

type CaseContentProps = CaseViewProps & CaseOfVersion;

export function CaseContent(props: CaseContentProps) {
  const { answer, timeZone, looks, lanes, onLanes } = props;
  const text = useText();
  const format = useFormats(timeZone);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [marked, setMarked] = useState<number | null>(null);
  const hasPeople = answer.events.some((event) => isKnown(event.resource));
  const kind = hasPeople ? lanes : 'activity';
  const events = useMemo(() => timelineEvents(answer), [answer]);
  const duration = useWholeDuration(answer, format);
  return (
    <>
      <Figures {...props} />
      <Part name={text('case.path')}>
        <Path {...props} />
      </Part>
      <Part
        name={text('case.timeline')}
        tools={
          hasPeople && (
            <SegmentedControl
              size="xs"
              aria-label={text('case.lanes')}
              value={kind}
              onChange={(value) => onLanes(value === 'person' ? 'person' : 'activity')}
              data={[
                { value: 'activity', label: text('case.lanes.activity') },
                { value: 'person', label: text('case.lanes.person') },
              ]}
            />
          )
        }
      >
        <div ref={frame}>
          <CaseTimeline
            events={events}
            kind={kind}
            width={width}
            looks={looks}
            marked={marked}
            onPick={setMarked}
            words={{
              picture: text('case.timeline.words', {
                count: events.length,
                time: duration,
              }),
              nobody: text('case.nobody'),
              date: format.date,
              dateTime: format.dateTime,
              gap: (seconds, isToDay) => `${isToDay ? '≈ ' : ''}${format.durationShort(seconds)}`,
            }}
          />
        </div>
      </Part>
      <Part name={text('case.attributes')}>
        <CaseAttributes {...props} />
      </Part>
      <Part name={text('case.events', { count: answer.event_count })}>
        <CaseEvents {...props} marked={marked} />
      </Part>
    </>
  );
}

/** How long the case took, and whether that is known to the day only. */
function useWholeDuration(answer: CaseAnswer, format: Formats): string {
  const text = useText();
  const duration = format.duration(answer.duration_s);
  const isDays = isToDay(answer.start_precision, answer.end_precision);
  return isDays ? text('precision.duration', { duration }) : duration;
}

function isKnown(person: unknown): boolean {
  return person !== null && person !== undefined;
}

interface PartProps {
  name: string;
  tools?: ReactNode;
  children: ReactNode;
}

function Part({ name, tools, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={name}>
      <div className={styles.partHead}>
        <h3 className={styles.partName}>{name}</h3>
        {tools}
      </div>
      {children}
    </section>
  );
}

function Figures({ answer, timeZone, log, linkVersion }: CaseContentProps) {
  const text = useText();
  const format = useFormats(timeZone);
  const moment = (time: string | null | undefined, known: Precision) =>
    time ? toldTime(time, known, format) : '–';
  const figures = [
    [text('cases.start'), moment(answer.start, answer.start_precision)],
    [text('cases.end'), moment(answer.end, answer.end_precision)],
    [text('cases.duration'), useWholeDuration(answer, format)],
    [text('cases.events'), format.number(answer.event_count, 0)],
  ] as const;
  return (
    <>
      <Facts lines={figures} className={styles.figures} />
      <p className={styles.hint}>{text('case.zone', { zone: timeZone })}</p>
      {answer.links.length > 0 && (
        <p className={styles.hint}>
          {text('case.links')}{' '}
          {answer.links.map((link) => (
            <NamedCases
              key={link.case}
              log={log.id}
              version={linkVersion}
              filters={[{ kind: 'case_ids', ids: [link.case] }]}
              isInText
            >
              {link.case}
            </NamedCases>
          ))}
        </p>
      )}
    </>
  );
}

/** The steps of its variant: side notes are in no variant. */
function stepsOf({ events }: CaseAnswer): string[] {
  const main = events.filter((event) => !event.auxiliary);
  return main.map((event) => event.activity);
}

function Path({ answer, log, version, linkVersion, looks }: CaseContentProps) {
  const text = useText();
  const runs = useMemo(() => runsOf(stepsOf(answer)), [answer]);
  const { data: same } = useQuery(sameVariantQuery(version.id, answer.variant));
  const filters = [{ kind: 'variant', ids: [answer.variant] }];
  return (
    <>
      {runs.length > 0 ? (
        <WholePath runs={runs} looks={looks} name={text('case.path')} />
      ) : (
        <p className={styles.hint}>{text('variants.empty')}</p>
      )}
      <div className={styles.ways}>
        <Button
          size="xs"
          variant="default"
          leftSection={<MapIcon size={14} aria-hidden />}
          renderRoot={(rest) => (
            <Link
              to="/map/$log"
              params={{ log: String(log.id) }}
              search={linkSearch(linkVersion, [{ kind: 'case_ids', ids: [answer.case] }])}
              preload={false}
              {...rest}
            />
          )}
        >
          {text('case.map')}
        </Button>
        {same !== undefined && (
          <span className={styles.hint}>
            <NamedCases log={log.id} version={linkVersion} filters={filters} isInText>
              {text('case.same', { count: same })}
            </NamedCases>
          </span>
        )}
      </div>
    </>
  );
}
