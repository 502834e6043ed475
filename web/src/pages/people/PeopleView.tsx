// Who takes part: who hands work over to whom, and how much everybody does when.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { schemaQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Schema } from '../../api/types';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { Skeleton } from '../explore/Skeleton';
import type { LogViewProps } from '../explore/view';
import { HandoversView } from './HandoversView';
import styles from './People.module.css';
import { chosenAttribute, type PeopleSearch, personAttributes } from './search';

export interface PeopleOfLog extends LogViewProps<PeopleSearch> {
  schema: Schema;
  /** The attribute that says who. */
  attribute: string;
  /** Whether the address names an attribute that the log does not have. */
  isUnknown: boolean;
}

const Workload = lazy(async () => ({
  default: (await import('./WorkloadView')).WorkloadView,
}));

export function PeopleView(props: LogViewProps<PeopleSearch>) {
  const { log, version, search } = props;
  const schema = useQuery(schemaQuery(log.id, version.number));
  if (!schema.data) {
    return schema.error ? (
      <FailureView failure={failureOf(schema.error)} onRetry={() => void schema.refetch()} />
    ) : null;
  }
  const { attribute, isUnknown } = chosenAttribute(search, schema.data);
  if (attribute === null) return <Nobody {...props} schema={schema.data} />;
  const known = { ...props, schema: schema.data, attribute, isUnknown };
  if (search.show !== 'workload') return <HandoversView {...known} />;
  return (
    <Suspense
      fallback={
        <Late>
          <Skeleton />
        </Late>
      }
    >
      <Workload {...known} />
    </Suspense>
  );
}

/** The log does not say who: an attribute may. */
function Nobody({ search, schema, onSearch }: LogViewProps<PeopleSearch> & { schema: Schema }) {
  const text = useText();
  const attributes = personAttributes(schema);
  return (
    <section className={styles.nobody} role="status">
      <h1>{text('people.nobody')}</h1>
      <p>{text(attributes.length > 0 ? 'people.nobody.choose' : 'people.nobody.none')}</p>
      {attributes.length > 0 && (
        <Select
          aria-label={text('people.attribute')}
          placeholder={text('people.attribute')}
          data={attributes}
          value={search.attribute ?? null}
          onChange={(next) => onSearch({ attribute: next ?? undefined })}
        />
      )}
    </section>
  );
}
