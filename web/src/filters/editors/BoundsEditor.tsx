// Fields for bounds: of numbers, of spans of time; and the share of a sample.
import { NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import type { SampleFilter } from '../filter';
import { isReversed } from '../impossible';
import { type EditorProps, fieldsOf } from './editor';

const UNITS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

type Bound = number | string | null | undefined;

interface BoundsProps {
  min: Bound;
  max: Bound;
  /** What one in the field stands for. */
  scale?: number;
  allowDecimal?: boolean;
  onBounds: (min: number | undefined, max: number | undefined) => void;
}

export function Bounds({ min, max, scale = 1, allowDecimal = true, onBounds }: BoundsProps) {
  const text = useText();
  const [low, high] = [numberOf(min), numberOf(max)];
  const read = (value: number | string) =>
    value === '' ? undefined : rounded(Number(value) * scale);
  const shown = (value: number | undefined) => (value === undefined ? '' : rounded(value / scale));
  return (
    <>
      <NumberInput
        label={text('filters.editor.least')}
        value={shown(low)}
        allowDecimal={allowDecimal}
        onChange={(value) => onBounds(read(value), high)}
      />
      <NumberInput
        label={text('filters.editor.most')}
        value={shown(high)}
        error={isReversed(low, high) && text('filters.editor.reversed')}
        allowDecimal={allowDecimal}
        onChange={(value) => onBounds(low, read(value))}
      />
    </>
  );
}

interface TimeBoundsProps extends Omit<BoundsProps, 'scale'> {
  /** What takes as long. */
  of: string;
}

/** A span of time in the unit of the user's choice; kept in seconds. */
export function TimeBounds({ of, min, max, onBounds }: TimeBoundsProps) {
  const text = useText();
  const [unit, setUnit] = useState<Unit>(() => unitFor([min, max]));
  return (
    <fieldset className={styles.times}>
      <legend>{of}</legend>
      <div className={styles.row}>
        <Bounds {...{ min, max, onBounds }} scale={UNITS[unit]} />
        <NativeSelect
          label={text('filters.editor.unit')}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value as Unit)}
          data={(['days', 'hours', 'minutes'] as const).map((value) => ({
            value,
            label: text(`filters.editor.unit.${value}`),
          }))}
        />
      </div>
    </fieldset>
  );
}

export function SampleEditor({ draft, onDraft }: EditorProps) {
  const text = useText();
  const share = numberOf(fieldsOf<SampleFilter>(draft).share);
  return (
    <NumberInput
      label={text('filters.editor.share')}
      min={0}
      max={100}
      value={share === undefined ? '' : rounded(share * 100)}
      onChange={(value) =>
        onDraft(value === '' ? {} : { share: rounded(Math.min(100, Number(value)) / 100) })
      }
    />
  );
}

export function numberOf(bound: Bound): number | undefined {
  return bound === undefined || bound === null ? undefined : Number(bound);
}

/** Without the fields that are not given. */
export function given<T extends object>(fields: T): T {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as T;
}

/** The server counts in millionths. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** The largest unit in which the bounds are whole. */
function unitFor(bounds: Bound[]): Unit {
  const seconds = bounds.flatMap((bound) => numberOf(bound) ?? []);
  const units: Unit[] = ['days', 'hours'];
  return units.find((unit) => seconds.every((one) => one % UNITS[unit] === 0)) ?? 'minutes';
}
