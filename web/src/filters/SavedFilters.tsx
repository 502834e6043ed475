// Lists of filters that are saved under a name, to be used as they are; and saving the present ones.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import { failureOf } from '../api/problem';
import { type SavedFilters as Saved, viewsQuery } from '../api/views';
import { holds, NameSearch } from '../pages/views/NameSearch';
import { SaveDialog } from '../pages/views/SaveDialog';
import { useViewText } from '../pages/views/useViewText';
import { FailureView } from '../shell/FailureView';
import { useText } from '../text/useText';
import styles from './Builder.module.css';
import { activeOf, type Chip, chipsOf } from './chips';

interface SavedFiltersProps {
  log: number;
  chips: Chip[];
  onChips: (chips: Chip[]) => void;
}

const SEARCH_FROM = 8;

export function SavedFilters({ log, chips, onChips }: SavedFiltersProps) {
  const text = useText();
  const words = useViewText();
  const [wanted, setWanted] = useState('');
  const [isSaving, setSaving] = useState(false);
  const { data, error, refetch } = useQuery(viewsQuery(log));
  const saved = (data ?? []).filter((one): one is Saved => one.kind === 'filters');
  const active = activeOf(chips);
  if (error) {
    return <FailureView failure={failureOf(error)} onRetry={() => void refetch()} />;
  }
  if (saved.length === 0 && active.length === 0) return null;
  const small = { size: 'compact-sm', variant: 'default' } as const;
  return (
    <section className={styles.savedLists} aria-label={text('views.filters.title')}>
      <div className={styles.savedHead}>
        <strong>{text('views.filters.title')}</strong>
        {active.length > 0 && (
          <Button
            {...small}
            leftSection={<BookmarkPlus size={14} aria-hidden />}
            onClick={() => setSaving(true)}
          >
            {text('views.filters.save')}
          </Button>
        )}
      </div>
      {saved.length >= SEARCH_FROM && <NameSearch value={wanted} onChange={setWanted} />}
      {saved.length > 0 && (
        <ul className={styles.savedRows}>
          {saved
            .filter(({ name }) => holds(name, wanted))
            .map((one) => {
              const { name } = one;
              const own = chipsOf({ filters: one.filters });
              return (
                <li key={one.id} className={styles.savedRow}>
                  <span className={styles.name}>
                    {name}
                    <span className={styles.savedFacts}>{words(one).filters.join(' · ')}</span>
                  </span>
                  {chips.length > 0 && (
                    <Button
                      {...small}
                      aria-label={text('views.filters.addOf', { name })}
                      onClick={() => onChips([...chips, ...own])}
                    >
                      {text('views.filters.add')}
                    </Button>
                  )}
                  <Button
                    {...small}
                    aria-label={text(
                      chips.length > 0 ? 'views.filters.replaceOf' : 'views.filters.useOf',
                      { name },
                    )}
                    onClick={() => onChips(own)}
                  >
                    {text(chips.length > 0 ? 'views.filters.replace' : 'views.filters.use')}
                  </Button>
                </li>
              );
            })}
        </ul>
      )}
      {saved.length > 0 && (
        <Link to="/views/$log" params={{ log: String(log) }} className={styles.savedAll ?? ''}>
          {text('views.filters.manage')}
        </Link>
      )}
      {isSaving && (
        <SaveDialog
          log={log}
          content={{ kind: 'filters', filters: active.map((filter) => ({ ...filter })) }}
          version={undefined}
          pausedCount={chips.length - active.length}
          onSaved={() => setSaving(false)}
          onClose={() => setSaving(false)}
        />
      )}
    </section>
  );
}
