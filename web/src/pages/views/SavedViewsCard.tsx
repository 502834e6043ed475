// The saved views of a log as a sheet: the ones changed last, and the way to all.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { failureOf } from '../../api/problem';
import { type SavedView, viewsQuery } from '../../api/views';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { useViewText } from './useViewText';
import styles from './Views.module.css';

const SHOWN = 6;

/** Needs the texts of the areas `views`, `filters` and `explore`. */
export function SavedViewsCard({ log }: { log: number }) {
  const text = useText();
  const format = useFormats();
  const words = useViewText();
  const { data, error, refetch } = useQuery(viewsQuery(log));
  const views = (data ?? []).filter((one): one is SavedView => one.kind === 'view');
  const latest = views.toSorted((one, other) => (one.updated_at < other.updated_at ? 1 : -1));
  return (
    <Card
      title={text('views.title')}
      coverage={data && text('views.count', { count: views.length })}
    >
      {error && <FailureView failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data && views.length === 0 && <p className={styles.note}>{text('views.none')}</p>}
      {views.length > 0 && (
        <ul className={styles.cards} aria-label={text('views.title')}>
          {latest.slice(0, SHOWN).map((view) => {
            const { page, filters } = words(view);
            return (
              <li key={view.id}>
                <Link
                  to="/views/$log/$view"
                  params={{ log: String(log), view: String(view.id) }}
                  search={{}}
                  preload={false}
                >
                  <span className={styles.name}>{view.name}</span>
                  <span className={styles.facts}>
                    {[page, ...filters, format.date(view.updated_at)].join(' · ')}
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      <p className={styles.note}>
        <Link to="/views/$log" params={{ log: String(log) }}>
          {text('views.all')}
        </Link>
      </p>
    </Card>
  );
}
