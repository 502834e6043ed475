// One variant of the list: its place, its path, how many cases follow it and how long they take.
import { ChevronDown, ChevronRight, Pin as PinSign } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { VariantRow, VariantValues } from '../../api/variants';
import { type Formats, useFormats } from '../../format';
import { ChevronStrip, type StepLooks, WholePath } from '../../pictures/variants/ChevronStrip';
import { runsOf } from '../../pictures/variants/runs';
import { useText } from '../../text/useText';
import { NamedCases } from '../log/NamedCases';
import { CasesBar } from './CasesBar';
import type { Entry } from './list';
import type { Pin } from './pinned';
import { saidPath } from './said';
import { type Chosen, isChosen } from './selection';
import styles from './VariantList.module.css';

const NO_PINS: Pin[] = [];

/** Around the chevrons: the sign that opens the row, and its padding. */
const PATH_PADDING = 40;

interface VariantLineProps {
  log: number;
  version: number | undefined;
  filters: unknown[];
  looks: StepLooks;
  entry: Entry;
  chosen: Chosen;
  /** Cases of the most frequent variant: its bar is as long as can be. */
  mostCases: number;
  pathWidth: number;
  isOpen: boolean;
  /** Why it stays on top. */
  pins?: Pin[];
  /** The values among which its cases divide. */
  values: VariantValues | null;
  /** The row of the table, from 1. */
  number: number;
  measure?: (element: Element | null) => void;
  /** Where it is among those that scroll, and at which height. */
  index?: number;
  start?: number;
  onOpen: (id: string) => void;
  onToggle: (rows: VariantRow[]) => void;
}

/** Drawn anew only when something of it changes: the list grows while it is already shown. */
export const VariantLine = memo(function VariantLine(props: VariantLineProps) {
  const { entry, chosen, mostCases, pins = NO_PINS, measure, index, start, number } = props;
  const { row, similar } = entry;
  const text = useText();
  const format = useFormats();
  const isHere = isChosen(chosen, row);
  const all = [row, ...similar];
  const isAll = all.every((one) => isChosen(chosen, one));
  const isSome = all.some((one) => isChosen(chosen, one));
  return (
    <tr
      ref={measure}
      data-index={index}
      data-chosen={isHere || undefined}
      data-pinned={pins.length > 0 || undefined}
      className={styles.row}
      style={start === undefined ? undefined : { transform: `translateY(${start}px)` }}
      aria-rowindex={number}
    >
      <td className={styles.check}>
        <input
          type="checkbox"
          className={styles.box}
          aria-label={text('variants.choose.one', { rank: row.rank })}
          checked={isAll}
          disabled={row.cases === 0}
          ref={(box) => {
            if (box) box.indeterminate = isSome && !isAll;
          }}
          onChange={() => props.onToggle(all)}
        />
      </td>
      <td className={styles.rank}>{row.rank > 0 ? format.number(row.rank, 0) : '–'}</td>
      <td className={styles.path}>
        {pins.length > 0 && (
          <p className={styles.pin}>
            <PinSign size={12} aria-hidden />
            {pins.map((pin) => (
              <span key={pin}>{text(`variants.pinned.${pin}`)}</span>
            ))}
            {row.cases === 0 && <em>{text('variants.pinned.nobody')}</em>}
          </p>
        )}
        <Path {...props} />
      </td>
      <td className={styles.steps}>{row.steps ? format.number(row.steps.length, 0) : '–'}</td>
      <td className={styles.cases}>
        <span className={styles.figures}>
          <NamedCases
            log={props.log}
            version={props.version}
            filters={[...props.filters, { kind: 'variant', ids: [row.id] }]}
            label={text('variants.casesOf', { cases: row.cases, rank: row.rank })}
          >
            {format.number(row.cases, 0)}
          </NamedCases>
          <span>{percentOf(row.share, format)}</span>
        </span>
        <CasesBar row={row} values={props.values} mostCases={mostCases} />
      </td>
      <td className={styles.cumulative}>
        {row.cumulative > 0 ? percentOf(row.cumulative, format) : '–'}
      </td>
      <td
        className={styles.median}
        title={row.median === null ? undefined : format.duration(row.median)}
      >
        {row.median === null ? '–' : format.durationShort(row.median)}
      </td>
    </tr>
  );
});

/** The strip opens to the whole path with its full names, and to the variants folded into it. */
function Path({ entry, looks, pathWidth, isOpen, onOpen }: VariantLineProps) {
  const { row, similar } = entry;
  const text = useText();
  const runs = useMemo(() => runsOf(row.steps ?? []), [row.steps]);
  if (row.steps === null) {
    return <span className={styles.hint}>{text('variants.hashed')}</span>;
  }
  if (row.steps.length === 0) {
    return <span className={styles.hint}>{text('variants.empty')}</span>;
  }
  const Sign = isOpen ? ChevronDown : ChevronRight;
  const words = saidPath(runs, text);
  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-expanded={isOpen}
        data-path={isOpen ? undefined : words}
        onClick={() => onOpen(row.id)}
      >
        <Sign size={14} aria-hidden className={styles.sign} />
        <span className="only-read-aloud">{words}</span>
        {isOpen ? (
          <span aria-hidden>{text('variants.steps.count', { count: row.steps.length })}</span>
        ) : (
          <ChevronStrip runs={runs} looks={looks} width={pathWidth - PATH_PADDING} />
        )}
      </button>
      {isOpen && <WholePath runs={runs} looks={looks} name={text('variants.path')} />}
      {similar.length > 0 && (
        <p className={styles.similar}>{text('variants.similar', { count: similar.length })}</p>
      )}
      {isOpen &&
        similar
          .slice(0, SIMILAR_SHOWN)
          .map((one) => (
            <Similar key={one.id} row={one} looks={looks} width={pathWidth - PATH_PADDING} />
          ))}
    </>
  );
}

const SIMILAR_SHOWN = 20;

function Similar({ row, looks, width }: { row: VariantRow; looks: StepLooks; width: number }) {
  const text = useText();
  const format = useFormats();
  const runs = useMemo(() => runsOf(row.steps ?? []), [row.steps]);
  return (
    <div className={styles.other}>
      <p className={styles.similar}>
        {text('variants.similar.one', { rank: row.rank, cases: row.cases })} ·{' '}
        {percentOf(row.share, format)}
      </p>
      <span className="only-read-aloud">{saidPath(runs, text)}</span>
      <ChevronStrip runs={runs} looks={looks} width={width} />
    </div>
  );
}

const TINY = 0.0005;

/** The share of a rare variant is small, but not nothing. */
function percentOf(share: number, format: Formats): string {
  return format.percent(share, share < TINY ? 3 : 1);
}
