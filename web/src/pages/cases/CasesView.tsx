// The cases of one version: a table of all of them, and beside it the one that is open.

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { schemaQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { CaseView } from '../case/CaseView';
import { PlaceFilters } from '../explore/PlaceFilters';
import type { LogViewProps } from '../explore/view';
import { NoMatch } from '../log/NoMatch';
import { PlaceFailure } from '../log/PlaceFailure';
import { Printed } from '../log/Printed';
import progress from '../log/Progress.module.css';
import { useStepLooks } from '../log/useStepLooks';
import view from '../log/View.module.css';
import { WaitingRows } from '../log/WaitingRows';
import { orderOf } from './asked';
import styles from './Cases.module.css';
import { CasesHead } from './CasesHead';
import { CaseTable, type TableHandle } from './CaseTable';
import { caseAttributes, shownColumns, sortFor, sortsMoney } from './columns';
import type { CasesSearch } from './search';
import { useCaseRows } from './useCaseRows';
import { useOpenCase } from './useOpenCase';
import { useRememberedColumns } from './useRememberedColumns';

type CasesViewProps = LogViewProps<CasesSearch>;

const NO_FILTERS: unknown[] = [];

/** Columns and order can be chosen once it is known which attributes the log has. */
export function CasesView(props: CasesViewProps) {
  const { log, version } = props;
  const schema = useQuery(schemaQuery(log.id, version.number));
  if (schema.data) {
    return <CasesOfSchema {...props} attributes={caseAttributes(schema.data)} />;
  }
  if (schema.error) {
    return <FailureView failure={failureOf(schema.error)} onRetry={() => void schema.refetch()} />;
  }
  return (
    <Late>
      <WaitingRows />
    </Late>
  );
}

interface CasesOfSchemaProps extends CasesViewProps {
  attributes: ReturnType<typeof caseAttributes>;
}

function CasesOfSchema({ log, version, note, search, onSearch, attributes }: CasesOfSchemaProps) {
  const text = useText();
  const table = useRef<TableHandle>(null);
  const filters = search.filters ?? NO_FILTERS;
  const [remembered, remember] = useRememberedColumns(log.id);
  const columns = shownColumns(search.columns, remembered, attributes);
  const sorting = sortFor(search.sort, attributes);
  const order = useStable(orderOf({ version, search, columns, sort: sorting.sort }));
  const rows = useCaseRows(order);
  const looks = useStepLooks(version.id);
  const onOpen = useCallback(
    (id: string, place: number) => {
      onSearch({ case: id }, { replace: true });
      table.current?.show(place);
    },
    [onSearch],
  );
  const open = useOpenCase(search.case, rows, onOpen);
  const close = () => {
    onSearch({ case: undefined, wide: undefined, people: undefined });
    table.current?.focus(search.case ?? null);
  };
  const isFailed = rows.error !== null && (rows.scope === undefined || rows.isOld);
  const isUnmatched = rows.scope !== undefined && rows.total === 0 && !search.q;
  return (
    <div className={view.view}>
      {note}
      <PlaceFilters log={log} version={version} />
      <div
        className={styles.both}
        data-open={search.case !== undefined || undefined}
        data-wide={search.wide}
      >
        <div className={styles.list}>
          <CasesHead
            {...{ log, version, search, onSearch, order, rows, columns, attributes }}
            moneySorted={sortsMoney(sorting.name, attributes)}
            onColumns={(next) => {
              remember(next);
              onSearch({ columns: next ?? undefined }, { replace: true });
            }}
          />
          <Printed {...{ log, version, filters }} scope={rows.scope} />
          <div className={`${progress.line} ${view.progress}`} data-busy={rows.isOld} role="status">
            {rows.isOld && <span className="only-read-aloud">{text('cases.refreshing')}</span>}
          </div>
          {isFailed && rows.error && (
            <PlaceFailure
              failure={failureOf(rows.error)}
              {...{ filters }}
              log={log.id}
              version={version.id}
              onRetry={rows.retry}
            />
          )}
          {!isFailed && rows.scope === undefined && (
            <Late>
              <WaitingRows words={text('cases.loading', { cases: version.cases })} />
            </Late>
          )}
          {!isFailed && isUnmatched && rows.scope && <NoMatch log={log.id} version={version.id} />}
          {!isFailed && rows.scope && !isUnmatched && (
            <CaseTable
              ref={table}
              {...{ log, search, order, rows, columns, attributes, looks }}
              sorted={sorting.name}
              onSort={(next) => onSearch(next, { replace: true })}
              onOpen={(id, place) => {
                open.note(id, place);
                onSearch({ case: id }, { replace: search.case !== undefined });
              }}
            />
          )}
        </div>
        {search.case !== undefined && (
          <CaseView
            {...{ log, version, looks }}
            id={search.case}
            linkVersion={search.version}
            place={open.place}
            count={rows.count}
            isWide={search.wide ?? false}
            lanes={search.people ? 'person' : 'activity'}
            onGo={open.go}
            onClose={close}
            onWide={(wide) => onSearch({ wide: wide || undefined }, { replace: true })}
            onLanes={(kind) =>
              onSearch({ people: kind === 'person' || undefined }, { replace: true })
            }
          />
        )}
      </div>
    </div>
  );
}

/** The same object as long as it says the same, so that nothing is asked twice. */
function useStable<T>(value: T): T {
  const key = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the value does
  return useMemo(() => value, [key]);
}
