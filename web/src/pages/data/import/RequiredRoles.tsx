// The columns without which there is no process, and those that are worth having.
import { NativeSelect } from '@mantine/core';
import type { CheckedColumn, ImportSettings } from '../../../api/types';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './RequiredRoles.module.css';
import {
  type ChosenRole,
  columnOf,
  REQUIRED_ROLES,
  rolesOf,
  rowOf,
  withoutBlanks,
  withRole,
} from './roles';

interface RequiredRolesProps {
  columns: CheckedColumn[];
  settings: ImportSettings;
  /** What helps where one of them is missing. */
  advice?: string | null | undefined;
  onSettings: (settings: ImportSettings) => void;
}

export function RequiredRoles({ columns, settings, advice, onSettings }: RequiredRolesProps) {
  const text = useText();
  const choose = (role: ChosenRole, name: string) =>
    onSettings(
      name
        ? withRole(settings, columns, name, role)
        : withoutBlanks({ ...settings, [role]: REQUIRED_ROLES.includes(role) ? undefined : '-' }),
    );
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('import.roles')}</h2>
      <div className={styles.roles}>
        {rolesOf(rowOf(settings, columns)).map((role) => {
          const name = columnOf(role, settings, columns);
          const isRequired = REQUIRED_ROLES.includes(role);
          return (
            <NativeSelect
              key={role}
              label={text(`role.${role}`)}
              withAsterisk={isRequired}
              description={text(`role.${role}.detail`)}
              value={name ?? ''}
              error={isRequired && !name ? text('import.roles.missing') : undefined}
              onChange={(event) => choose(role, event.currentTarget.value)}
              data={[
                {
                  value: '',
                  label: text(isRequired ? 'import.roles.choose' : 'import.roles.none'),
                },
                ...columns.map((one) => ({ value: one.name, label: one.name })),
              ]}
              inputWrapperOrder={['label', 'description', 'input', 'error']}
              rightSectionPointerEvents="none"
              className={styles.role ?? ''}
            />
          );
        })}
      </div>
      {advice && <p className={panel.note}>{advice}</p>}
    </section>
  );
}
