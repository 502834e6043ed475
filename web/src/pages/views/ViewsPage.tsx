// Everything that is saved for a log: views and lists of filters, to open, rename, share, delete;
// and its target times.
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { logQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import { isNamed, type Named, viewsQuery } from '../../api/views';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { Page } from '../../shell/Page';
import { useText } from '../../text/useText';
import { Skeleton } from '../explore/Skeleton';
import { holds, NameSearch } from './NameSearch';
import { SavedTable } from './SavedTable';
import styles from './Views.module.css';

/** Below the views, which do not wait for it. */
const TargetsTable = lazy(async () => ({
  default: (await import('../targets/TargetsTable')).TargetsTable,
}));

export function ViewsPage() {
  const text = useText();
  const { log: id = '' } = useParams({ strict: false });
  const log = Number(id);
  const opened = useQuery(logQuery(log));
  const saved = useQuery(viewsQuery(log));
  const [wanted, setWanted] = useState('');
  // What was deleted here stays in its place, so that it can be brought back.
  const [deleted, setDeleted] = useState<Named[]>([]);
  const failed = [opened, saved].find(({ isError }) => isError);
  const gone = deleted.filter((one) => !saved.data?.some((other) => other.id === one.id));
  const all = byName([...(saved.data ?? []).filter(isNamed), ...gone]);
  const found = all.filter(({ name }) => holds(name, wanted));
  const isGone = (one: Named) => gone.includes(one);
  return (
    <Page
      title={text('views.all.title')}
      subtitle={opened.data?.name}
      back={
        opened.data?.current && (
          <Anchor
            renderRoot={(props) => <Link to="/map/$log" params={{ log: id }} {...props} />}
            size="sm"
          >
            <ArrowLeft size={14} aria-hidden /> {text('views.back', { name: opened.data.name })}
          </Anchor>
        )
      }
    >
      {failed && (
        <FailureView failure={failureOf(failed.error)} onRetry={() => void failed.refetch()} />
      )}
      {saved.isPending && !failed && (
        <Late>
          <Skeleton />
        </Late>
      )}
      {saved.data && (
        <>
          <div className={styles.search}>
            <NameSearch value={wanted} onChange={setWanted} />
          </div>
          {(['view', 'filters'] as const).map((kind) => (
            <section key={kind} className={styles.section} aria-labelledby={`saved-${kind}`}>
              <h2 id={`saved-${kind}`} className={styles.title}>
                {text(kind === 'view' ? 'views.title' : 'views.filters.title')}
              </h2>
              <SavedTable
                log={log}
                label={text(kind === 'view' ? 'views.title' : 'views.filters.title')}
                rows={found.filter((one) => one.kind === kind)}
                none={text(
                  wanted !== ''
                    ? 'views.search.none'
                    : kind === 'view'
                      ? 'views.none'
                      : 'views.filters.noneSaved',
                )}
                isGone={isGone}
                onGone={(one) => setDeleted((before) => [...before, one])}
                onBack={(one) => setDeleted((before) => before.filter(({ id }) => id !== one.id))}
              />
            </section>
          ))}
          <section className={styles.section} aria-labelledby="saved-target">
            <h2 id="saved-target" className={styles.title}>
              {text('targets.all')}
            </h2>
            <Suspense>
              <TargetsTable log={log} wanted={wanted} />
            </Suspense>
          </section>
        </>
      )}
    </Page>
  );
}

function byName(saved: Named[]): Named[] {
  return saved.toSorted((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
}
