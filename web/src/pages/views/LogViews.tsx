// Beside the name of the log, on each of its pages: the saved views, and saving what is shown.
import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { Bookmark, ChevronDown, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { logQuery } from '../../api/logs';
import type { Content, Saved, SavedView } from '../../api/views';
import { useText } from '../../text/useText';
import styles from './LogViews.module.css';
import { RenameView } from './RenameView';
import { SaveDialog } from './SaveDialog';
import { pageOf, stateOf } from './state';
import { useMissing } from './useMissing';
import { type OpenView, useOpenView } from './useOpenView';
import { useSaving } from './useSaving';
import { ViewChoice } from './ViewChoice';

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
  const open = useOpenView(log, page, search);
  const saving = useSaving(log);
  const { data } = useQuery(logQuery(log));
  const state = stateOf(search);
  const content: Content = { kind: 'view', page, state };
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
    setOpen(false);
    setDialog(wanted);
  };
  const saveOver = (over: SavedView) => {
    setOpen(false);
    saving.mutate({ content, over });
  };
  if (!data?.current) return null;
  return (
    <div className={`${styles.views} not-printed`}>
      <Popover
        opened={isOpen}
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
            onClick={() => setOpen(!isOpen)}
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
          <ViewChoice
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
        </Popover.Dropdown>
      </Popover>
      <Status
        {...{ open }}
        isSaving={saving.isPending}
        onSave={saveOver}
        onSaveAs={() => begin('save')}
        onShow={goTo}
      />
      {view && <Broken {...{ log, page, state, view }} />}
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

interface BrokenProps {
  log: number;
  page: string;
  state: Record<string, unknown>;
  view: SavedView;
}

/** Says that the page asks for something that the log does not have any more. */
function Broken({ log, page, state, view }: BrokenProps) {
  const text = useText();
  const health = useMissing(log, page, state);
  if (health.state !== 'ready' || health.missing.length === 0) return null;
  return (
    <span className={styles.broken}>
      <TriangleAlert size={14} aria-hidden />
      <span className={styles.words}>
        {text('views.broken.short', { count: health.missing.length })}
      </span>
      <Link to="/views/$log/$view" params={{ log: String(log), view: String(view.id) }} search={{}}>
        {text('views.mend')}
      </Link>
    </span>
  );
}
