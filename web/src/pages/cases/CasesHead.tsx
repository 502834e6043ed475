// What the table of cases shows, and the tools above it: search, columns, file.
import { notifications } from '@mantine/notifications';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { askAllCases, type CasesOrder } from '../../api/cases';
import type { Log, Version } from '../../api/types';
import { download, fileName } from '../../files/download';
import { useText } from '../../text/useText';
import type { LogViewProps } from '../explore/view';
import { SearchBox } from '../log/SearchBox';
import { ToolButton } from '../log/ToolButton';
import { useTypedText } from '../log/useTypedText';
import view from '../log/View.module.css';
import { ColumnChooser } from './ColumnChooser';
import type { CaseAttribute } from './columns';
import { casesCsv } from './csv';
import type { CasesSearch, Column } from './search';
import type { CaseRows } from './useCaseRows';

interface CasesHeadProps {
  log: Log;
  version: Version;
  search: CasesSearch;
  onSearch: LogViewProps<CasesSearch>['onSearch'];
  order: CasesOrder;
  rows: CaseRows;
  columns: Column[];
  attributes: CaseAttribute[];
  /** The attribute of money that the cases are sorted by. */
  moneySorted: string | undefined;
  onColumns: (columns: Column[] | null) => void;
}

export function CasesHead(props: CasesHeadProps) {
  const { log, version, search, onSearch, order, rows, columns, attributes, moneySorted } = props;
  const text = useText();
  const [typed, type] = useTypedText(search.q ?? '', (q) =>
    onSearch({ q: q || undefined }, { replace: true }),
  );
  const [isSaving, setIsSaving] = useState(false);
  const save = async () => {
    setIsSaving(true);
    try {
      const all = await askAllCases(order);
      const name = fileName(`${log.name} – ${text('cases.title')}`, version.number, 'csv');
      const timeZone = rows.scope?.timeZone ?? 'UTC';
      download(casesCsv(all, columns, { text, timeZone }), name, 'text/csv');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: text('cases.export.failed', { reason }) });
    } finally {
      setIsSaving(false);
    }
  };
  return (
    <header className={view.head}>
      <div className={view.titles}>
        <h1 className={view.title}>{text('cases.title')}</h1>
        <p className={view.subtitle} role="status">
          {rows.scope && text('cases.count', { count: rows.total })}
          {rows.total > rows.count && ` · ${text('cases.cut', { most: rows.count })}`}
          {moneySorted && ` · ${text('cases.sort.currency', { name: moneySorted })}`}
        </p>
      </div>
      <div className={view.tools}>
        <SearchBox name={text('cases.search')} value={typed} onChange={type} />
        <ColumnChooser columns={columns} attributes={attributes} onColumns={props.onColumns} />
        <ToolButton
          icon={Download}
          name={text('map.table.csv')}
          isBusy={isSaving}
          onClick={() => void save()}
        />
      </div>
    </header>
  );
}
