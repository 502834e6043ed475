// Who hands work over to whom, how often, and how long it waits in between.
import { Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Handover, HandoversOfVersion } from '../../api/handovers';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { FewChoice } from '../explore/FewChoice';
import { handsOver } from '../explore/filters';
import { LogFrame } from '../explore/LogFrame';
import parts from '../explore/Parts.module.css';
import { handoversAsked } from './asked';
import { HandoverCard } from './HandoverCard';
import { MatrixTable } from './MatrixTable';
import { isSamePerson, matrixOf, type Person } from './matrix';
import { PairTable } from './PairTable';
import { PeopleControls } from './PeopleControls';
import type { PeopleOfLog } from './PeopleView';
import { PersonList } from './PersonList';
import { METRICS, TOP } from './search';

export function HandoversView(props: PeopleOfLog) {
  const { log, version, note, search, onSearch, schema, attribute, isUnknown } = props;
  const text = useText();
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const auxiliary = search.auxiliary ?? false;
  const query = useQuery({
    ...handoversAsked({ version, search, attribute }),
    placeholderData: keepPreviousData,
  });
  const filterOf = useCallback(
    (pair: Handover) => handsOver(pair.from ?? null, pair.to ?? null, attribute, auxiliary),
    [attribute, auxiliary],
  );
  const onFilters = (next: unknown[]) => onSearch({ filters: next.length > 0 ? next : undefined });
  const top = search.top ?? TOP;
  const metric = search.metric ?? 'handovers';
  const answer = query.data?.handovers;
  const matrix = useMemo(() => answer && matrixOf(answer, top, metric), [answer, top, metric]);
  const { from, to } = search;
  const chosen =
    from !== undefined && to !== undefined
      ? answer?.pairs.find((pair) => isSamePerson(pair, from, to))
      : undefined;
  const isLost = from !== undefined && answer !== undefined && !chosen;
  const hasAuxiliary = schema.activities.some((one) => one.auxiliary);
  return (
    <LogFrame
      {...{ log, version, search, filters }}
      title={text('people.title')}
      summary={(shown) => <Summary answer={shown} />}
      note={note}
      ignored={[...(isUnknown ? ['attribute'] : []), ...(isLost ? ['from', 'to'] : [])]}
      query={query}
      controls={
        <PeopleControls {...{ search, schema, attribute, onSearch }}>
          <FewChoice
            label={text('people.metric')}
            values={METRICS}
            nameOf={(one) => text(`people.metric.${one}`)}
            value={metric}
            onChange={(next) => onSearch({ metric: next === 'handovers' ? undefined : next })}
          />
          {hasAuxiliary && (
            <Switch
              size="xs"
              label={text('rework.auxiliary')}
              checked={auxiliary}
              onChange={({ currentTarget }) =>
                onSearch({ auxiliary: currentTarget.checked || undefined })
              }
            />
          )}
        </PeopleControls>
      }
    >
      {({ handovers }) =>
        matrix && (
          <div className={parts.columns}>
            <Card
              title={text('people.matrix')}
              coverage={<Coverage answer={handovers} shown={knownIn(matrix.people)} />}
              isTable={search.table ?? false}
              onTable={(on) => onSearch({ table: on || undefined }, { replace: true })}
            >
              {search.table ? (
                <PairTable {...{ chosen, filterOf }} answer={handovers} onChoose={onSearch} />
              ) : (
                <MatrixTable {...{ matrix, metric, chosen }} onChoose={onSearch} />
              )}
            </Card>
            <div className={parts.side}>
              {chosen && (
                <HandoverCard
                  pair={chosen}
                  filter={filterOf(chosen)}
                  filters={filters}
                  onFilters={onFilters}
                  onClose={() => onSearch({ from: undefined, to: undefined })}
                />
              )}
              <PersonList answer={handovers} />
            </div>
          </div>
        )
      }
    </LogFrame>
  );
}

function Summary({ answer }: { answer: HandoversOfVersion }) {
  const rich = useRichText();
  const text = useText();
  const format = useFormats();
  const { known_handovers, same_handovers, resource_total, missing_events } = answer.handovers;
  if (known_handovers === 0) return text('people.summary.none');
  return rich('people.summary', {
    // Those who are not known count as one.
    people: resource_total - (missing_events > 0 ? 1 : 0),
    same: format.percent(same_handovers / known_handovers),
    steps: known_handovers,
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}

function knownIn(people: Person[]): number {
  return people.filter((person) => person !== null).length;
}

function Coverage({ answer, shown }: { answer: HandoversOfVersion['handovers']; shown: number }) {
  const text = useText();
  const format = useFormats();
  const { events, missing_events, resource_total } = answer;
  // Events of nobody known have a row of their own, and are no participant.
  const known = resource_total - (missing_events > 0 ? 1 : 0);
  return (
    <>
      {text('people.coverage', {
        shown,
        total: known,
      })}{' '}
      {missing_events > 0 &&
        text('people.coverage.missing', {
          missing: missing_events,
          events,
          share: format.percent(events === 0 ? 0 : missing_events / events),
        })}
    </>
  );
}
