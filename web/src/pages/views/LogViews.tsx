// Beside the name of the log, on each of its pages: the saved views, and saving what is shown.
import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Bookmark, ChevronDown } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { logQuery } from '../../api/logs';
import type { NamedContent, Saved, SavedView } from '../../api/views';
import { useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import styles from './LogViews.module.css';
import { pageOf, stateOf } from './state';
import { type OpenView, useOpenView } from './useOpenView';
import { useSaving } from './useSaving';

/** Loaded when they are asked for. */
const BrokenNote = lazy(async () => ({ default: (await import('./BrokenNote')).BrokenNote }));
const RenameView = lazy(async () => ({ default: (await import('./RenameView')).RenameView }));
const SaveDialog = lazy(async () => ({ default: (await import('./SaveDialog')).SaveDialog }));
const loadChoice = () => import('./ViewChoice');

interface LogViewsProps {
  log: number;
  path: string;
}

export function LogViews({ log, path }: LogViewsProps) {
  const page = pageOf(path);
  return page ? <ViewsOfPage {...{ log, page }} /> : null;
}

function ViewsOfPage({ log, page }: { log: number; page: string }) {
  const text = useText();
  const router = useRouter();
  const search = useSearch({ strict: false });
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'save' | 'rename'>();
  const button = useRef<HTMLButtonElement>(null);
  const [isAsked, setAsked] = useState(false);
  const choice = useLoaded(isAsked ? loadChoice : null);
  const open = useOpenView(log, page, search);
  const saving = useSaving(log);
  const { data } = useQuery(logQuery(log));
  const state = stateOf(search);
  const content: NamedContent = { kind: 'view', page, state };
  const version = typeof state.version === 'number' ? state.version : data?.current?.number;
  const view = 'view' in open ? open.view : undefined;
  const isChanged = open.state === 'changed' || open.state === 'theirs';

  const show = (saved: Saved) => {
    if (saved.kind === 'view') goTo(saved);
  };
  const goTo = (saved: SavedView) =>
    void router.navigate({ to: '.', search: { ...saved.state, view: saved.id }, replace: true });
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const begin = (wanted: 'save' | 'rename') => {
    // What was clicked is gone when the dialog closes.
    close();
    setDialog(wanted);
  };
  const saveOver = (over: SavedView) => {
    close();
    saving.mutate({ content, over });
  };
  if (!data?.current) return null;
  return (
    <div className={`${styles.views} not-printed`}>
      <Popover
        // Opened with its content, so that the focus has where to go.
        opened={isOpen && choice !== undefined}
        onChange={setOpen}
        position="bottom-start"
        width={340}
        shadow="md"
        trapFocus
        returnFocus
        withRoles={false}
      >
        <Popover.Target>
          <Button
            ref={button}
            size="compact-md"
            variant="default"
            className={styles.button ?? ''}
            leftSection={<Bookmark size={15} aria-hidden />}
            rightSection={<ChevronDown size={14} className={styles.chevron} aria-hidden />}
            aria-expanded={isOpen}
            aria-label={
              view
                ? text(isChanged ? 'views.open.one.changed' : 'views.open.one', { name: view.name })
                : text('views.title')
            }
            onClick={() => {
              setAsked(true);
              setOpen(!isOpen);
            }}
          >
            <span className={styles.name}>{view ? view.name : text('views.title')}</span>
            {isChanged && (
              <span className={styles.dot} aria-hidden>
                •
              </span>
            )}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={styles.list} role="dialog" aria-label={text('views.title')}>
          {choice && (
            <choice.ViewChoice
              {...{ log, open }}
              onSave={() => begin('save')}
              onSaveOver={saveOver}
              onRename={() => begin('rename')}
              onShow={(saved) => {
                close();
                show(saved);
              }}
              onClose={close}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <Status
        {...{ open }}
        isSaving={saving.isPending}
        onSave={saveOver}
        onSaveAs={() => begin('save')}
        onShow={goTo}
      />
      <Suspense>
        {view && <BrokenNote {...{ log, page, state, view }} />}
        {dialog === 'save' && (
          <SaveDialog
            {...{ log, content, version }}
            onSaved={show}
            onClose={() => setDialog(undefined)}
          />
        )}
        {dialog === 'rename' && view && (
          <RenameView {...{ log }} saved={view} onClose={() => setDialog(undefined)} />
        )}
      </Suspense>
    </div>
  );
}

interface StatusProps {
  open: OpenView;
  isSaving: boolean;
  onSave: (over: SavedView) => void;
  onSaveAs: () => void;
  onShow: (view: SavedView) => void;
}

/** How far the page is what was saved, and what can be done about it. */
function Status({ open, isSaving, onSave, onSaveAs, onShow }: StatusProps) {
  const text = useText();
  const small = { size: 'compact-xs', variant: 'default' } as const;
  return (
    <span className={styles.status} role="status">
      {open.state === 'gone' && text('views.gone')}
      {open.state === 'none' && (
        <Button {...small} className={styles.wide ?? ''} onClick={onSaveAs}>
          {text('views.save')}
        </Button>
      )}
      {(open.state === 'changed' || open.state === 'theirs') && (
        <>
          <span className={styles.said}>
            {text(open.state === 'changed' ? 'views.changed' : 'views.theirs')}
          </span>
          <span className={styles.buttons}>
            {open.state === 'theirs' && (
              <Button {...small} onClick={() => onShow(open.view)}>
                {text('views.theirs.show')}
              </Button>
            )}
            <Button {...small} loading={isSaving} onClick={() => onSave(open.view)}>
              {text(open.state === 'changed' ? 'action.save' : 'views.theirs.over')}
            </Button>
            <Button {...small} onClick={onSaveAs}>
              {text('views.saveAs')}
            </Button>
          </span>
        </>
      )}
    </span>
  );
}
