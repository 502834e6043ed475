// Asks for the longest time that something should take.
import { Button, Group, NumberInput, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { failureOf } from '../../api/problem';
import type { SavedTarget } from '../../api/targets';
import { useFormats } from '../../format';
import { Dialog } from '../../shell/Dialog';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import styles from './Targets.module.css';
import {
  nameOf,
  partsOf,
  secondsOf,
  type TargetOf,
  type TimeParts,
  targetFor,
  withTime,
} from './targets';
import { isConflict, useTargetEdits } from './useTargetEdits';
import { useTargets } from './useTargets';

export interface Usual {
  median: number;
  p90: number;
}

export interface TargetDialogProps {
  log: number;
  /** What it can be for: one is chosen. */
  kinds: TargetOf[];
  /** How long it takes now, where that is known. */
  usual: (of: TargetOf) => Usual | null | undefined;
  onClose: () => void;
}

/** The targets are known before any is asked for. */
export function TargetDialog(props: TargetDialogProps) {
  const text = useText();
  const { targets, query } = useTargets(props.log);
  const [first] = props.kinds;
  if (!first) return null;
  return (
    <Dialog onClose={props.onClose} title={text('targets.title')}>
      {query.error && (
        <FailureView failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && <Form {...props} first={first} targets={targets} />}
    </Dialog>
  );
}

/** The longest that the server takes: 1,000 years. */
const SECONDS_MAX = 31_557_600_000;
const NOTHING: TimeParts = { days: 0, hours: 0, minutes: 0 };
const UNITS = ['days', 'hours', 'minutes'] as const;

type FormProps = TargetDialogProps & { first: TargetOf; targets: SavedTarget[] };

function Form({ log, kinds, first, targets, usual, onClose }: FormProps) {
  const text = useText();
  const format = useFormats();
  const edits = useTargetEdits(log);
  const [of, setOf] = useState(() => kinds.find((one) => targetFor(targets, one)) ?? first);
  // As it was when it was looked at: what another window sets meanwhile is not written over.
  const [known, setKnown] = useState(() => targetFor(targets, of));
  const [parts, setParts] = useState(() => (known ? partsOf(known.target.at_most_s) : NOTHING));
  const [theirs, setTheirs] = useState<SavedTarget | null>();
  const seconds = secondsOf(parts);
  const canBe = seconds > 0 && seconds <= SECONDS_MAX;
  const now = usual(of);
  const choose = (next: TargetOf) => {
    const saved = targetFor(targets, next);
    setOf(next);
    setKnown(saved);
    setParts(saved ? partsOf(saved.target.at_most_s) : NOTHING);
    setTheirs(undefined);
  };
  const look = async (error: unknown) => {
    if (!isConflict(error)) return;
    const latest = await edits.latest(withTime(of, seconds)).catch(() => undefined);
    setKnown(latest);
    setTheirs(latest ?? null);
  };
  const save = () =>
    edits.setting.mutate(
      { target: withTime(of, seconds), known },
      { onSuccess: onClose, onError: (error) => void look(error) },
    );
  const error = edits.setting.error ?? edits.removing.error;
  const isBusy = edits.setting.isPending || edits.removing.isPending;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (canBe && !isBusy) save();
      }}
    >
      <p className={styles.what}>{nameOf(of, text)}</p>
      {kinds.length > 1 && (
        <SegmentedControl
          aria-label={text('targets.measure')}
          value={of.of}
          onChange={(value) => choose(kinds.find((one) => one.of === value) ?? of)}
          data={kinds.map((one) => ({ value: one.of, label: text(`targets.measure.${one.of}`) }))}
        />
      )}
      <fieldset className={styles.parts}>
        <legend>{text('targets.atMost')}</legend>
        {UNITS.map((unit, idx) => (
          <NumberInput
            key={unit}
            data-autofocus={idx === 0 || undefined}
            label={text(`targets.unit.${unit}`)}
            min={0}
            max={999_999}
            allowNegative={false}
            allowDecimal={unit === 'minutes'}
            hideControls
            value={parts[unit] === 0 ? '' : parts[unit]}
            placeholder="0"
            onChange={(value) => setParts({ ...parts, [unit]: Number(value) || 0 })}
          />
        ))}
      </fieldset>
      <p className={styles.hint}>
        {canBe && text('targets.says', { time: format.duration(seconds) })}{' '}
        {text('targets.calendar')}
      </p>
      {now && (
        <p className={styles.hint}>
          {text('targets.now', {
            median: format.duration(now.median),
            p90: format.duration(now.p90),
          })}
        </p>
      )}
      {theirs !== undefined && (
        <p className={styles.note} role="alert">
          {theirs
            ? text('targets.conflict', { time: format.duration(theirs.target.at_most_s) })
            : text('targets.conflict.gone')}
        </p>
      )}
      {error && !isConflict(error) && <FailureView failure={failureOf(error)} />}
      <Group justify="space-between">
        {known ? (
          <Button
            variant="subtle"
            color="red"
            disabled={isBusy}
            onClick={() =>
              edits.removing.mutate(known, { onSuccess: onClose, onError: (e) => void look(e) })
            }
          >
            {text('targets.remove')}
          </Button>
        ) : (
          <span />
        )}
        <Group>
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" disabled={!canBe} loading={edits.setting.isPending}>
            {text(theirs ? 'targets.save.anyway' : 'targets.save')}
          </Button>
        </Group>
      </Group>
    </form>
  );
}
