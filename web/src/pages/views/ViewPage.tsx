// The link of something saved: shows it, or says what of it the log does not have any more.
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { failureOf } from '../../api/problem';
import { isNamed, type Named, viewQuery } from '../../api/views';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { Page } from '../../shell/Page';
import { useText } from '../../text/useText';
import { Skeleton } from '../explore/Skeleton';
import { MendForm } from './MendForm';
import { placeOf, type State } from './state';
import { useMissing } from './useMissing';

/** Where a list of filters is shown. */
const PAGE_OF_FILTERS = 'map';

export function ViewPage() {
  const text = useText();
  const { log = '', view = '' } = useParams({ strict: false });
  const query = useQuery(viewQuery(Number(log), Number(view)));
  if (query.error) {
    return (
      <Frame log={log} title={text('views.gone')}>
        <FailureView failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
      </Frame>
    );
  }
  if (!query.data) {
    return (
      <Late>
        <Skeleton />
      </Late>
    );
  }
  // A target has no page of its own.
  if (!isNamed(query.data)) return <Navigate to="/views/$log" params={{ log }} replace />;
  return <Opened key={query.data.updated_at} log={log} saved={query.data} />;
}

function Opened({ log, saved }: { log: string; saved: Named }) {
  const text = useText();
  const [page, state] = shownBy(saved);
  const health = useMissing(Number(log), page, state);
  const title = text('views.broken.title', { name: saved.name });
  if (health.state === 'failed') {
    return (
      <Frame log={log} title={saved.name}>
        <FailureView failure={failureOf(health.error)} onRetry={health.retry} />
      </Frame>
    );
  }
  if (health.state === 'asking') {
    return (
      <Late>
        <Skeleton />
      </Late>
    );
  }
  const place = placeOf(page);
  if (health.state === 'empty') return <Navigate to="/map/$log" params={{ log }} replace />;
  if (place && health.missing.length === 0 && health.goneVersion === undefined) {
    const view = saved.kind === 'view' ? saved.id : undefined;
    return <Navigate to={place.to} params={{ log }} search={{ ...state, view }} replace />;
  }
  return (
    <Frame log={log} title={title}>
      <MendForm {...{ saved, page, state, health }} log={Number(log)} />
    </Frame>
  );
}

/** The page that shows what is saved, and what is chosen on it. */
function shownBy(saved: Named): [string, State] {
  return saved.kind === 'view'
    ? [saved.page, saved.state]
    : [PAGE_OF_FILTERS, { filters: saved.filters }];
}

function Frame({ log, title, children }: { log: string; title: string; children: ReactNode }) {
  const text = useText();
  return (
    <Page
      title={title}
      back={
        <Anchor
          renderRoot={(props) => <Link to="/views/$log" params={{ log }} {...props} />}
          size="sm"
        >
          <ArrowLeft size={14} aria-hidden /> {text('views.all')}
        </Anchor>
      }
    >
      {children}
    </Page>
  );
}
