// What stands at the bars of a funnel, in words.
import { useMemo } from 'react';
import type { FunnelOfVersion, FunnelStageAnswer, StageValue } from '../../api/funnel';
import { type Formats, useFormats } from '../../format';
import type { FunnelBar } from '../../pictures/funnel/Funnel';
import { type Say, useText } from '../../text/useText';

interface FunnelWords {
  text: Say;
  format: Formats;
  /** The attribute that is summed. */
  value: string | undefined;
}

export function useWords(value: string | undefined): FunnelWords {
  const text = useText();
  const format = useFormats();
  return useMemo(() => ({ text, format, value }), [text, format, value]);
}

export function barsOf({ funnel, earlier }: FunnelOfVersion, words: FunnelWords): FunnelBar[] {
  const most = Math.max(1, ...funnel.stages.map((one) => one.cases));
  const mostEarlier = Math.max(1, ...(earlier?.stages.map((one) => one.cases) ?? []));
  return funnel.stages.map((stage, idx) => {
    const next = funnel.stages[idx + 1];
    const before = earlier?.stages[idx];
    const { cases, open, ended } = stage.drop_off ?? { cases: 0, open: null, ended: null };
    const isKnown = typeof open === 'number' && typeof ended === 'number';
    return {
      key: stage.stage,
      name: stage.stage,
      onward: (stage.cases - cases) / most,
      open: isKnown ? open / most : 0,
      ended: isKnown ? ended / most : 0,
      stopped: isKnown ? 0 : cases / most,
      earlier: before ? before.cases / mostEarlier : null,
      figures: figuresOf(stage, idx, words),
      between: next ? betweenOf(next, earlier?.stages[idx + 1], words) : null,
      label: labelOf(stage, next, words),
    };
  });
}

function figuresOf(stage: FunnelStageAnswer, idx: number, words: FunnelWords): string {
  const { text, format, value } = words;
  const cases = text('funnel.bar', { cases: stage.cases });
  const share = typeof stage.from_start === 'number' && idx > 0 && format.percent(stage.from_start);
  const parts = [cases, ...(share ? [share] : [])];
  if (value) parts.push(valuesOf(stage.values ?? [], format, true));
  return parts.join(' · ');
}

function betweenOf(
  next: FunnelStageAnswer,
  before: FunnelStageAnswer | undefined,
  { text, format }: FunnelWords,
): string {
  if (typeof next.from_previous !== 'number') return text('funnel.between.none');
  const share = format.percent(next.from_previous);
  const said =
    typeof before?.from_previous === 'number'
      ? text('funnel.between.against', { share, before: format.percent(before.from_previous) })
      : text('funnel.between', { share });
  const median = next.from_previous_s?.median;
  return median === undefined
    ? said
    : text('funnel.between.time', { said, median: format.durationShort(median) });
}

function labelOf(
  stage: FunnelStageAnswer,
  next: FunnelStageAnswer | undefined,
  { text, format }: FunnelWords,
): string {
  const { drop_off } = stage;
  const said = text('funnel.stage.label', {
    stage: stage.stage,
    cases: stage.cases,
    share: format.percent(stage.from_start ?? 0),
  });
  if (!drop_off || !next) return said;
  const stops = text('funnel.stage.stops', { count: drop_off.cases, next: next.stage });
  const open = typeof drop_off.open === 'number';
  return `${said} ${stops}${open ? ` ${text('funnel.stage.open', { open: drop_off.open ?? 0 })}` : ''}`;
}

/** Sums by currency; plain numbers where there is none. */
export function valuesOf(values: StageValue[], format: Formats, isShort: boolean): string {
  if (values.length === 0) return '–';
  return values
    .map(({ currency, total }) => {
      if (currency)
        return isShort ? format.moneyCompact(total, currency) : format.money(total, currency);
      return isShort ? format.compact(total) : format.number(total, 2);
    })
    .join(' + ');
}
