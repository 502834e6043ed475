// A setting that is a table: its rows, each with a field a column.
import { ActionIcon, Button } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import type { Cell, SettingColumn } from '../../api/settings';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import styles from './Settings.module.css';
import { ValueField } from './ValueField';
import { nameOf } from './values';

type Row = Record<string, Cell>;

interface RowsFieldProps {
  name: string;
  columns: SettingColumn[];
  rows: Row[];
  onChange: (rows: Row[]) => void;
}

export function RowsField({ name, columns, rows, onChange }: RowsFieldProps) {
  const text = useText();
  const change = (idx: number, key: string, cell: Cell | null) => {
    const changed = rows.map((row, place) => {
      if (place !== idx) return row;
      const { [key]: _, ...rest } = row;
      return cell === null ? rest : { ...rest, [key]: cell };
    });
    onChange(changed);
  };
  return (
    <div className={styles.rows}>
      {rows.length > 0 && (
        <table className={table.table} aria-label={name}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col">
                  {nameOf(column.name)}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, idx) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own
              <tr key={idx}>
                {columns.map((column) => (
                  <td key={column.key}>
                    <ValueField
                      shape={column.shape}
                      label={text('settings.cell', {
                        column: nameOf(column.name),
                        number: idx + 1,
                        name,
                      })}
                      value={row[column.key] ?? null}
                      empty={column.optional ? text('settings.any') : ''}
                      onChange={(cell) => change(idx, column.key, cell)}
                    />
                  </td>
                ))}
                <td>
                  <ActionIcon
                    variant="subtle"
                    aria-label={text('settings.row.remove', { number: idx + 1, name })}
                    onClick={() => onChange(rows.filter((_, place) => place !== idx))}
                  >
                    <Trash2 size={16} aria-hidden />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...rows, {}])}
      >
        {text('settings.row.add', { name })}
      </Button>
    </div>
  );
}
