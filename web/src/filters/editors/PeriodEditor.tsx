// A period of days: of cases, of events, or of an attribute with dates.
import { NativeSelect, TextInput } from '@mantine/core';
import { useText } from '../../text/useText';
import styles from '../Builder.module.css';
import { type AttributePeriodFilter, PERIOD_MODES, type PeriodFilter } from '../filter';
import { endsBeforeItStarts } from '../impossible';
import { lastDay, shiftedDay } from '../says';
import { AttributeChoice } from './AttributeChoice';
import { given } from './BoundsEditor';
import { EndsChoice } from './EndsChoice';
import { type EditorProps, fieldsOf } from './editor';
import { PeriodBrush } from './PeriodBrush';

export function PeriodEditor({ kind, draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const { mode = 'starts', from, to, ends } = fieldsOf<PeriodFilter>(draft);
  const { attribute, level } = fieldsOf<AttributePeriodFilter>(draft);
  const ofCases = kind === 'period';
  const change = (period: { from?: string | undefined; to?: string | undefined }) =>
    onDraft(given({ ...draft, ...(ofCases ? { mode } : {}), ...period }));
  const fields = <Days {...{ from, to }} onDays={change} />;
  const brush = { kind, mode, selection, days: { from, to }, onDays: change };
  if (kind === 'attribute_period') {
    return (
      <AttributeChoice
        {...{ kind, selection }}
        types={['timestamp']}
        place={{ attribute, level }}
        onPlace={(place) => onDraft(given({ ...place, from, to }))}
      >
        {(chosen) => (
          <>
            <PeriodBrush
              {...brush}
              attribute={{ name: chosen.name, level: chosen.level === 'event' ? 'event' : 'case' }}
            />
            {fields}
          </>
        )}
      </AttributeChoice>
    );
  }
  return (
    <>
      {ofCases && (
        <NativeSelect
          label={text('filters.editor.period')}
          value={mode}
          onChange={(event) =>
            onDraft({ ...draft, mode: event.currentTarget.value as PeriodFilter['mode'] })
          }
          data={PERIOD_MODES.map((value) => ({
            value,
            label: text(`filters.editor.period.${value}`),
          }))}
        />
      )}
      <PeriodBrush {...brush} />
      {fields}
      {ofCases && KNOWS_ENDS.includes(mode) && (
        <EndsChoice
          selection={selection}
          ends={ends ?? []}
          onEnds={(next) =>
            onDraft(given({ ...draft, mode, ends: next.length > 0 ? next : undefined }))
          }
        />
      )}
    </>
  );
}

/** When a case starts, and when it has an event, has nothing to do with how it ends. */
const KNOWS_ENDS: PeriodFilter['mode'][] = ['ends', 'active', 'contained'];

interface DaysProps {
  from: string | null | undefined;
  to: string | null | undefined;
  onDays: (period: { from?: string | undefined; to?: string | undefined }) => void;
}

/** People say the last day of a period; the server is told the day after it. */
function Days({ from, to, onDays }: DaysProps) {
  const text = useText();
  return (
    <div className={styles.row}>
      <TextInput
        type="date"
        label={text('filters.editor.day.first')}
        value={from?.slice(0, 'YYYY-MM-DD'.length) ?? ''}
        onChange={(event) => onDays({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={text('filters.editor.day.last')}
        error={endsBeforeItStarts(from, to) && text('filters.editor.reversed.days')}
        value={to ? lastDay(to).slice(0, 'YYYY-MM-DD'.length) : ''}
        onChange={(event) => {
          const day = event.currentTarget.value;
          onDays({ to: day ? shiftedDay(day, 1) : undefined });
        }}
      />
    </div>
  );
}
