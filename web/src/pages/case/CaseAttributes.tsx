// The attributes of a case, and how they changed while its events happened.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '../../api/logs';
import { useFormats } from '../../format';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { written } from '../cases/values';
import { typeOf } from './attributeType';
import type { CaseContentOf } from './CaseEvents';
import styles from './CaseView.module.css';
import { historiesOf } from './changes';

/** Longer histories are cut in the middle: how it began and where it stands count. */
const CHANGES_SHOWN = 6;

export function CaseAttributes({ log, version, answer, timeZone }: CaseContentOf) {
  const text = useText();
  const format = useFormats(timeZone);
  const { data: schema } = useQuery(schemaQuery(log.id, version.number));
  const histories = useMemo(() => historiesOf(answer), [answer]);
  if (histories.length === 0) return <p className={styles.hint}>{text('case.attributes.none')}</p>;
  const say = (name: string, value: unknown) =>
    written(value, typeOf(schema, name, 'case'), { format, text });
  return (
    <table className={`${table.table} ${styles.attributes}`}>
      <thead className="only-read-aloud">
        <tr>
          <th scope="col">{text('case.attribute')}</th>
          <th scope="col">{text('case.value')}</th>
        </tr>
      </thead>
      <tbody>
        {histories.map(({ name, value, changes }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {say(name, value)}
              {changes.length > 1 && (
                <ol className={styles.changes} aria-label={text('case.changes', { name })}>
                  {cut(changes).map((change, idx) =>
                    change === null ? (
                      // biome-ignore lint/suspicious/noArrayIndexKey: there is one of them
                      <li key={`cut ${idx}`}>
                        {text('case.changes.more', { count: changes.length - CHANGES_SHOWN })}
                      </li>
                    ) : (
                      <li key={change.event}>
                        <b>{say(name, change.value)}</b>{' '}
                        {change.at &&
                          text('case.changes.since', { at: format.dateTime(change.at) })}
                      </li>
                    ),
                  )}
                </ol>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `null` where some are left out. */
function cut<T>(changes: T[]): (T | null)[] {
  if (changes.length <= CHANGES_SHOWN) return changes;
  const half = CHANGES_SHOWN / 2;
  return [...changes.slice(0, half), null, ...changes.slice(-half)];
}
