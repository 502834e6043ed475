// All targets of a log with how they are kept, to change or to remove them.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { logQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { SavedTarget, TargetFigures } from '../../api/targets';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { TargetDialog } from './TargetDialog';
import styles from './Targets.module.css';
import { nameOf } from './targets';
import { useTargetEdits } from './useTargetEdits';
import { useTargetFigures } from './useTargets';

interface TargetsTableProps {
  log: number;
  /** Only those whose name holds this. */
  wanted: string;
}

const NO_FILTERS: unknown[] = [];

export function TargetsTable({ log, wanted }: TargetsTableProps) {
  const text = useText();
  const version = useQuery(logQuery(log)).data?.current;
  const scope = {
    version: version?.id ?? '',
    filters: NO_FILTERS,
    activities: null,
    auxiliary: false,
  };
  const { targets, figures, query } = useTargetFigures(log, scope);
  const [changed, setChanged] = useState<SavedTarget>();
  const { removing } = useTargetEdits(log);
  const holds = (one: SavedTarget) =>
    nameOf(one.target, text).toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
  const found = targets.filter(holds);
  return (
    <>
      {query.error && (
        <FailureView failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {removing.error && <FailureView failure={failureOf(removing.error)} />}
      {found.length === 0 ? (
        <p className={styles.hint}>
          {text(targets.length === 0 ? 'targets.noneSet' : 'targets.noneFound')}
        </p>
      ) : (
        <div className={table.frame}>
          <table className={table.table} aria-label={text('targets.all')}>
            <thead>
              <tr>
                <th scope="col">{text('targets.for')}</th>
                <th scope="col">{text('targets.target')}</th>
                <th scope="col">{text('targets.share')}</th>
                <th scope="col" className={table.controls}>
                  {text('targets.actions')}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.map((saved) => (
                <Row
                  key={saved.id}
                  saved={saved}
                  figures={figures.find(
                    (one) => JSON.stringify(one.target) === JSON.stringify(saved.target),
                  )}
                  isBusy={removing.isPending && removing.variables.id === saved.id}
                  onChange={() => setChanged(saved)}
                  onRemove={() => removing.mutate(saved)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changed && (
        <TargetDialog
          log={log}
          kinds={[ofSaved(changed)]}
          usual={() => null}
          onClose={() => setChanged(undefined)}
        />
      )}
    </>
  );
}

function ofSaved({ target: { at_most_s: _, ...of } }: SavedTarget) {
  return of;
}

interface RowProps {
  saved: SavedTarget;
  figures: TargetFigures | undefined;
  isBusy: boolean;
  onChange: () => void;
  onRemove: () => void;
}

function Row({ saved, figures, isBusy, onChange, onRemove }: RowProps) {
  const text = useText();
  const format = useFormats();
  const name = nameOf(saved.target, text);
  const small = { size: 'compact-sm', variant: 'subtle' } as const;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{text('targets.upTo', { time: format.duration(saved.target.at_most_s) })}</td>
      <td>{figures && <Kept figures={figures} />}</td>
      <td className={`${table.controls} ${table.nowrap}`}>
        <Button
          {...small}
          leftSection={<Pencil size={15} aria-hidden />}
          aria-label={text('targets.change.of', { name })}
          onClick={onChange}
        >
          {text('targets.change')}
        </Button>
        <Button
          {...small}
          leftSection={<Trash2 size={15} aria-hidden />}
          aria-label={text('targets.remove.of', { name })}
          loading={isBusy}
          onClick={onRemove}
        >
          {text('targets.remove')}
        </Button>
      </td>
    </tr>
  );
}

function Kept({ figures }: { figures: TargetFigures }) {
  const text = useText();
  const format = useFormats();
  const { missing = [], share, within, measured } = figures;
  if (missing.length > 0) {
    return text('targets.missing', { names: format.list(missing), count: missing.length });
  }
  if (share === null || share === undefined) return text('targets.none');
  return text('targets.share.of', { share: format.percent(share), within, measured });
}
