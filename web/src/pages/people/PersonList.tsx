// Who takes part: events and cases of each.
import { useMemo } from 'react';
import type { HandoversAnswer, PersonRow } from '../../api/handovers';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { hasValue } from '../explore/filters';
import { type Column, SortedTable } from '../explore/SortedTable';

export function PersonList({ answer }: { answer: HandoversAnswer }) {
  const text = useText();
  const { attribute } = answer;
  const columns = useMemo((): Column<PersonRow>[] => {
    const nameOf = (row: PersonRow) => row.resource ?? text('people.unknown');
    return [
      { key: 'name', name: text('people.person'), kind: 'name', value: nameOf },
      {
        key: 'events',
        name: text('people.events'),
        kind: 'count',
        value: (row) => row.events,
      },
      {
        key: 'cases',
        name: text('people.metric.cases'),
        kind: 'count',
        value: (row) => row.cases,
        show: (row, written) => (
          <CasesLink
            and={[hasValue(attribute, row.resource ?? null, 'event')]}
            label={text('explore.casesOf', { count: row.cases, name: nameOf(row) })}
          >
            {written}
          </CasesLink>
        ),
      },
    ];
  }, [attribute, text]);
  return (
    <Card
      title={text('people.list')}
      coverage={text('people.list.count', {
        shown: answer.resources.filter((row) => typeof row.resource === 'string').length,
        // Those who are not known count as one.
        total: answer.resource_total - (answer.missing_events > 0 ? 1 : 0),
        unknown: answer.missing_events > 0 ? 'yes' : 'no',
      })}
    >
      <SortedTable
        label={text('people.list')}
        file={text('people.list')}
        columns={columns}
        rows={answer.resources}
        rowKey={(row) => JSON.stringify(row.resource ?? null)}
      />
    </Card>
  );
}
