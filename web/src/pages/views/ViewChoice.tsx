// What can be done with the saved views of a log without leaving the page: save, open, search.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BookmarkPlus, Pencil, RotateCcw, Save } from 'lucide-react';
import { useState } from 'react';
import { failureOf } from '../../api/problem';
import { type SavedView, viewsQuery } from '../../api/views';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import { CopyLink } from './CopyLink';
import styles from './LogViews.module.css';
import { holds, NameSearch } from './NameSearch';
import type { OpenView } from './useOpenView';
import { useViewText } from './useViewText';

interface ViewChoiceProps {
  log: number;
  open: OpenView;
  onSave: () => void;
  onSaveOver: (view: SavedView) => void;
  onRename: () => void;
  /** Shows again what was saved. */
  onShow: (view: SavedView) => void;
  onClose: () => void;
}

const SEARCH_FROM = 8;
const ICON_SIZE = 15;

export function ViewChoice(props: ViewChoiceProps) {
  const { log, open, onSave, onSaveOver, onRename, onShow, onClose } = props;
  const text = useText();
  const words = useViewText();
  const [wanted, setWanted] = useState('');
  const { data, error, refetch } = useQuery(viewsQuery(log));
  const views = (data ?? []).filter((one): one is SavedView => one.kind === 'view');
  const found = views.filter(({ name }) => holds(name, wanted));
  const view = 'view' in open ? open.view : undefined;
  const isChanged = open.state === 'changed' || open.state === 'theirs';
  const row = { variant: 'subtle', justify: 'flex-start', fullWidth: true, size: 'compact-md' };
  return (
    <>
      <div className={styles.acts}>
        {view && isChanged && (
          <>
            <Button
              {...row}
              data-autofocus
              leftSection={<Save size={ICON_SIZE} aria-hidden />}
              onClick={() => onSaveOver(view)}
            >
              {text('views.save.over')}
            </Button>
            <Button
              {...row}
              leftSection={<RotateCcw size={ICON_SIZE} aria-hidden />}
              onClick={() => onShow(view)}
            >
              {text('views.revert')}
            </Button>
          </>
        )}
        <Button
          {...row}
          leftSection={<BookmarkPlus size={ICON_SIZE} aria-hidden />}
          onClick={onSave}
        >
          {text(view ? 'views.saveAs' : 'views.save')}
        </Button>
        {view && (
          <>
            <Button
              {...row}
              leftSection={<Pencil size={ICON_SIZE} aria-hidden />}
              onClick={onRename}
            >
              {text('views.rename')}
            </Button>
            <CopyLink log={log} id={view.id} />
          </>
        )}
      </div>
      {views.length >= SEARCH_FROM && <NameSearch value={wanted} onChange={setWanted} />}
      {error && <FailureView failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data && views.length === 0 && <p className={styles.none}>{text('views.none')}</p>}
      {found.length > 0 && (
        <ul className={styles.saved} aria-label={text('views.title')}>
          {found.map((one) => {
            const { page, filters } = words(one);
            return (
              <li key={one.id}>
                <Link
                  to="/views/$log/$view"
                  params={{ log: String(log), view: String(one.id) }}
                  search={{}}
                  preload={false}
                  aria-current={one.id === view?.id ? 'true' : undefined}
                  onClick={onClose}
                >
                  <span className={styles.savedName}>{one.name}</span>
                  <span className={styles.facts}>{[page, ...filters].join(' · ')}</span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      {views.length > 0 && found.length === 0 && (
        <p className={styles.none}>{text('views.search.none')}</p>
      )}
      <Link
        to="/views/$log"
        params={{ log: String(log) }}
        className={styles.all ?? ''}
        onClick={onClose}
      >
        {text('views.all')}
      </Link>
    </>
  );
}
