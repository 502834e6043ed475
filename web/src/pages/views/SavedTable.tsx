// Saved views or lists of filters as rows, with what can be done with each.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pencil, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { failureOf } from '../../api/problem';
import { bringBack, deleteSaved, type Named, viewsQuery } from '../../api/views';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { CopyLink } from './CopyLink';
import { RenameView } from './RenameView';
import { useViewText } from './useViewText';
import styles from './Views.module.css';

interface SavedTableProps {
  log: number;
  label: string;
  rows: Named[];
  /** Said where there is no row. */
  none: string;
  isGone: (saved: Named) => boolean;
  onGone: (saved: Named) => void;
  onBack: (saved: Named) => void;
}

export function SavedTable({ log, label, rows, none, isGone, onGone, onBack }: SavedTableProps) {
  const text = useText();
  const queries = useQueryClient();
  const [renamed, setRenamed] = useState<Named>();
  const renew = () => queries.invalidateQueries({ queryKey: viewsQuery(log).queryKey });
  const deleting = useMutation({
    mutationFn: (saved: Named) => deleteSaved(log, saved),
    onSuccess: async (_, saved) => {
      onGone(saved);
      await renew();
    },
    onError: renew,
  });
  const restoring = useMutation({
    mutationFn: (saved: Named) => bringBack(log, saved),
    onSuccess: async (_, saved) => {
      await renew();
      onBack(saved);
    },
  });
  const error = deleting.error ?? restoring.error;
  if (rows.length === 0) return <p className={styles.note}>{none}</p>;
  return (
    <>
      {error && <FailureView failure={failureOf(error)} />}
      <div className={`${table.frame} ${styles.sheet}`}>
        <table className={table.table} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{text('views.name')}</th>
              <th scope="col" className={table.mediumOnly}>
                {text('views.holds')}
              </th>
              <th scope="col" className={table.wideOnly}>
                {text('views.updated')}
              </th>
              <th scope="col" className={table.controls}>
                {text('views.actions')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((saved) =>
              isGone(saved) ? (
                <tr key={saved.id}>
                  <td colSpan={4}>
                    <span className={styles.undo} role="status">
                      {text('views.deleted', { name: saved.name })}
                      <Button
                        size="compact-sm"
                        variant="default"
                        autoFocus
                        leftSection={<Undo2 size={14} aria-hidden />}
                        loading={restoring.isPending && restoring.variables.id === saved.id}
                        onClick={() => restoring.mutate(saved)}
                      >
                        {text('views.undo')}
                      </Button>
                    </span>
                  </td>
                </tr>
              ) : (
                <Row
                  key={saved.id}
                  {...{ log, saved }}
                  isBusy={deleting.isPending && deleting.variables.id === saved.id}
                  onRename={() => setRenamed(saved)}
                  onDelete={() => deleting.mutate(saved)}
                />
              ),
            )}
          </tbody>
        </table>
      </div>
      {renamed && <RenameView log={log} saved={renamed} onClose={() => setRenamed(undefined)} />}
    </>
  );
}

interface RowProps {
  log: number;
  saved: Named;
  isBusy: boolean;
  onRename: () => void;
  onDelete: () => void;
}

function Row({ log, saved, isBusy, onRename, onDelete }: RowProps) {
  const text = useText();
  const format = useFormats();
  const { page, filters, version } = useViewText()(saved);
  const small = { size: 'compact-sm', variant: 'subtle' } as const;
  const { name } = saved;
  const held = [
    ...(saved.kind === 'view' ? [page] : []),
    ...filters,
    ...(version ? [version] : []),
  ];
  return (
    <tr>
      <th scope="row">
        <Link
          to="/views/$log/$view"
          params={{ log: String(log), view: String(saved.id) }}
          search={{}}
          preload={false}
        >
          {name}
        </Link>
        <span className={styles.below}>{held.join(' · ')}</span>
      </th>
      <td className={`${styles.facts} ${table.mediumOnly}`}>{held.join(' · ')}</td>
      <td className={`${table.wideOnly} ${table.nowrap}`}>{format.dateTime(saved.updated_at)}</td>
      <td className={`${table.controls} ${table.nowrap}`}>
        <CopyLink log={log} id={saved.id} name={name} />
        <Button
          {...small}
          leftSection={<Pencil size={15} aria-hidden />}
          aria-label={text('views.rename.title', { name })}
          onClick={onRename}
        >
          <span className={styles.word}>{text('views.rename')}</span>
        </Button>
        <Button
          {...small}
          leftSection={<Trash2 size={15} aria-hidden />}
          aria-label={text('views.delete.of', { name })}
          loading={isBusy}
          onClick={onDelete}
        >
          <span className={styles.word}>{text('views.delete')}</span>
        </Button>
      </td>
    </tr>
  );
}
