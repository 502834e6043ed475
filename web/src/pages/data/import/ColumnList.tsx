// Every column of the file: samples, type, role and the reason for it; those with a role first.
import { Badge, NativeSelect } from '@mantine/core';
import type {
  CheckedColumn,
  ColumnRole,
  DateColumn,
  ImportSettings,
  RowMeaning,
} from '../../../api/types';
import { useFormats } from '../../../format';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './ColumnList.module.css';
import { CHOSEN_ROLES, roleOf, rolesOf, rowOf, withRole } from './roles';
import { VALUES, type Values, valuesOf, withValues } from './rules';

const SAMPLES_SHOWN = 4;
const ORDER: ColumnRole[] = [
  ...CHOSEN_ROLES,
  'activity_date',
  'lifecycle',
  'instance',
  'attribute',
];

interface ColumnListProps {
  columns: CheckedColumn[];
  settings: ImportSettings;
  /** The dates, and those that were left out, at their places. */
  known: DateColumn[];
  onSettings: (settings: ImportSettings) => void;
}

export function ColumnList({ columns, settings, known, onSettings }: ColumnListProps) {
  const text = useText();
  const row = rowOf(settings, columns);
  const withRoles = columns.map((column) => ({ column, role: roleOf(column, settings, columns) }));
  withRoles.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('import.columns', { count: columns.length })}</h2>
      <ul className={styles.list}>
        {withRoles.map(({ column, role }) => (
          <li key={column.name} className={styles.column} data-role={role}>
            <Column
              column={column}
              role={role}
              row={row}
              values={valuesOf(settings, column.name)}
              onValues={(values) => onSettings(withValues(settings, column.name, values))}
              onRole={(chosen) =>
                onSettings(withRole(settings, columns, column.name, chosen, known))
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ColumnProps {
  column: CheckedColumn;
  role: ColumnRole;
  row: RowMeaning;
  /** How its values are read, where the user has said so. */
  values: Values | undefined;
  onValues: (values: Values | undefined) => void;
  onRole: (role: ColumnRole) => void;
}

const NUMBERS: CheckedColumn['type'][] = ['integer', 'decimal'];

function Column({ column, role, row, values, onValues, onRole }: ColumnProps) {
  const text = useText();
  const format = useFormats();
  const isAsSuggested = role === column.role;
  // A text stays one, and only numbers can be percentages.
  const isText = column.type === 'text' && values === undefined;
  const isNumber = NUMBERS.includes(column.type);
  const choices = isText ? [] : VALUES.filter((known) => known !== 'percent' || isNumber);
  const dates: ColumnRole[] = row === 'case' ? ['activity_date'] : [];
  const roles: ColumnRole[] = [...rolesOf(row), ...dates, 'attribute'];
  return (
    <>
      <div className={styles.head}>
        <h3 className={styles.name}>{column.name}</h3>
        {column.type && (
          <Badge size="sm" variant="default">
            {text(`import.type.${column.type}`)}
          </Badge>
        )}
      </div>
      <p className={styles.samples}>
        {column.samples.slice(0, SAMPLES_SHOWN).map((sample) => (
          <code key={sample} className={styles.sample}>
            {sample}
          </code>
        ))}
        {column.blanks > 0 && (
          <span className={styles.blanks}>
            {text('import.columns.blank', {
              count: column.blanks,
              shown: format.number(column.blanks),
            })}
          </span>
        )}
      </p>
      <NativeSelect
        size="xs"
        aria-label={text('import.columns.role', { name: column.name })}
        value={role}
        onChange={(event) => onRole(event.currentTarget.value as ColumnRole)}
        data={(roles.includes(role) ? roles : [role, ...roles]).map((value) => ({
          value,
          label: text(`role.${value}`),
        }))}
      />
      {role === 'attribute' && choices.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={text('import.values', { name: column.name })}
          value={values ?? ''}
          onChange={(event) =>
            onValues(VALUES.find((known) => known === event.currentTarget.value))
          }
          data={[
            { value: '', label: text('import.values.automatic') },
            ...choices.map((value) => ({ value, label: text(`import.values.${value}`) })),
          ]}
        />
      )}
      <p className={styles.reason}>
        {isAsSuggested ? column.reason : text('import.columns.yours')}
      </p>
    </>
  );
}
