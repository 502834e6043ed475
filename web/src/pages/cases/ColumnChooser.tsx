// Which columns the table of cases has beside the id.
import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../text/useText';
import styles from './Cases.module.css';
import { ATTRIBUTE_COLUMNS_MAX, allColumns, attributesIn, type CaseAttribute } from './columns';
import { columnName } from './names';
import { type Column, OWN_COLUMNS } from './search';

/** From here on a field helps to find an attribute. */
const SEARCHED_FROM = 12;

interface ColumnChooserProps {
  columns: Column[];
  attributes: CaseAttribute[];
  /** `null`: as at first. */
  onColumns: (columns: Column[] | null) => void;
}

export function ColumnChooser({ columns, attributes, onColumns }: ColumnChooserProps) {
  const text = useText();
  const [wanted, setWanted] = useState('');
  const shown = new Set(columns);
  const isFull = attributesIn(columns).length >= ATTRIBUTE_COLUMNS_MAX;
  const found = allColumns(attributes).filter(
    (column) =>
      column.startsWith('@') &&
      column.slice(1).toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()),
  );
  const box = (column: Column) => (
    <Checkbox
      key={column}
      size="xs"
      label={columnName(column, text)}
      checked={shown.has(column)}
      disabled={isFull && column.startsWith('@') && !shown.has(column)}
      onChange={() =>
        onColumns(
          shown.has(column) ? columns.filter((one) => one !== column) : [...columns, column],
        )
      }
    />
  );
  return (
    <Popover position="bottom-end" shadow="md" trapFocus withinPortal returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          {text('cases.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text('cases.columns')}>
        <div className={styles.chooser}>
          <fieldset className={styles.group}>
            <legend>{text('cases.columns.own')}</legend>
            {OWN_COLUMNS.map(box)}
          </fieldset>
          {attributes.length > 0 && (
            <fieldset className={styles.group}>
              <legend>{text('cases.columns.attributes')}</legend>
              {attributes.length >= SEARCHED_FROM && (
                <TextInput
                  size="xs"
                  type="search"
                  aria-label={text('cases.columns.search')}
                  placeholder={text('cases.columns.search')}
                  value={wanted}
                  onChange={(event) => setWanted(event.currentTarget.value)}
                />
              )}
              {found.map(box)}
            </fieldset>
          )}
          <Button size="xs" variant="subtle" onClick={() => onColumns(null)}>
            {text('cases.columns.reset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
