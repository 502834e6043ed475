// A place of a funnel: its stages, and what the cases do at one of them.
import { MultiSelect, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import { useText } from '../../text/useText';
import { FUNNEL_PLACES, type FunnelPlace, type FunnelPlaceFilter } from '../filter';
import { Asked } from './Asked';
import { type EditorProps, fieldsOf } from './editor';
import { StageChoice, StageList } from './StageList';
import { stageName } from './stages';

/** Stands for nothing in a list of activities, which no activity is called. */
const NOTHING = '\u0000';

type Fields = Omit<FunnelPlaceFilter, 'kind'>;

export function FunnelPlaceEditor({ draft, selection, onDraft }: EditorProps) {
  const text = useText();
  const { version, filters } = selection;
  const query = useQuery(answerQuery(version.id, filters, 'activities'));
  const fields = fieldsOf<FunnelPlaceFilter>(draft);
  const { stages = [], order = 'strict', place = 'reached', stage = '', next, from } = fields;
  const now: Fields = { stages, order, place, stage };
  const change = (changed: Partial<Fields>) =>
    onDraft(consistent({ ...now, next, from, ...changed }));
  const later = stages.slice(stages.findIndex((one) => stageName(one) === stage) + 1);
  return (
    <Asked query={query}>
      {({ activities }) => {
        const names = activities.map((one) => one.activity);
        return (
          <>
            <StageList
              stages={stages}
              activities={names}
              onChange={(next) => change({ stages: next })}
            />
            <SegmentedControl
              aria-label={text('filters.editor.funnel.order')}
              value={order}
              onChange={(value) => change({ order: value as 'strict' | 'any' })}
              data={(['strict', 'any'] as const).map((value) => ({
                value,
                label: text(`filters.editor.funnel.order.${value}`),
              }))}
            />
            <NativeSelect
              label={text('filters.editor.funnel.place')}
              value={place}
              onChange={(event) => change({ place: event.currentTarget.value as FunnelPlace })}
              data={FUNNEL_PLACES.map((value) => ({
                value,
                label: text(`filters.editor.funnel.place.${value}`),
              }))}
            />
            {stages.length > 0 && (
              <StageChoice
                label={text('filters.editor.funnel.stage')}
                stages={place === 'stopped' ? stages.slice(0, -1) : stages}
                value={stage}
                onChange={(value) => change({ stage: value })}
              />
            )}
            {place === 'stopped' && (
              <MultiSelect
                label={text('filters.editor.funnel.next')}
                placeholder={next ? '' : text('filters.editor.funnel.anything')}
                data={[
                  { value: NOTHING, label: text('filters.editor.funnel.nothing') },
                  ...names.map((name) => ({ value: name, label: name })),
                ]}
                value={(next ?? []).map((name) => name ?? NOTHING)}
                onChange={(all) =>
                  change({ next: all.map((name) => (name === NOTHING ? null : name)) })
                }
                searchable
                limit={200}
              />
            )}
            {place === 'returned' && later.length > 0 && (
              <NativeSelect
                label={text('filters.editor.funnel.from')}
                value={from ?? ''}
                onChange={(event) => change({ from: event.currentTarget.value })}
                data={[
                  { value: '', label: text('filters.editor.funnel.from.any') },
                  ...later.map((one) => ({ value: stageName(one), label: stageName(one) })),
                ]}
              />
            )}
          </>
        );
      }}
    </Asked>
  );
}

/** Without what the choice of a place or of stages makes senseless. */
function consistent({ stages, order, place, stage, next, from }: Partial<Fields>): Fields {
  const all = (stages ?? []).map(stageName);
  const names = place === 'stopped' ? all.slice(0, -1) : all;
  const chosen = stage && names.includes(stage) ? stage : (names[names.length - 1] ?? '');
  const isLater = from !== undefined && all.indexOf(from) > all.indexOf(chosen);
  return {
    stages: stages ?? [],
    ...(order === 'any' ? { order } : {}),
    place: place ?? 'reached',
    stage: chosen,
    ...(place === 'stopped' && next && next.length > 0 ? { next } : {}),
    ...(place === 'returned' && isLater ? { from } : {}),
  };
}
