// Makes a filter, or changes one: which kind, and what it asks for.
import { Button, Group } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { type ComponentType, useState } from 'react';
import type { Version } from '../api/types';
import { Dialog } from '../shell/Dialog';
import { useText } from '../text/useText';
import styles from './Builder.module.css';
import type { Chip } from './chips';
import { ActivitiesEditor } from './editors/ActivitiesEditor';
import { ActivityTimeEditor } from './editors/ActivityTimeEditor';
import { SampleEditor } from './editors/BoundsEditor';
import { CaseIdsEditor } from './editors/CaseIdsEditor';
import { DurationEditor } from './editors/DurationEditor';
import { EventCountEditor } from './editors/EventCountEditor';
import type { Draft, EditorProps, Selection } from './editors/editor';
import { FollowsEditor, RepeatsEditor } from './editors/FollowsEditor';
import { FunnelPlaceEditor } from './editors/FunnelPlaceEditor';
import { GroupEditor } from './editors/GroupEditor';
import { HandoverEditor } from './editors/HandoverEditor';
import { PeriodEditor } from './editors/PeriodEditor';
import { RangeEditor } from './editors/RangeEditor';
import { ValuesEditor } from './editors/ValuesEditor';
import { VariantsEditor } from './editors/VariantsEditor';
import { type FilterKind, type Keeps, keepsOf, type OneFilter, readFilter } from './filter';
import { isImpossible } from './impossible';
import { Keeping as Leaving } from './Keeping';
import { KEEPS } from './keeps';
import { SavedFilters } from './SavedFilters';

/** Every kind with what changes it, in the order of the list; a new kind is a line here. */
const EDITORS: { kind: FilterKind; editor: ComponentType<EditorProps> }[] = [
  { kind: 'activity_contains', editor: ActivitiesEditor },
  { kind: 'activity_not_contains', editor: ActivitiesEditor },
  { kind: 'starts_with', editor: ActivitiesEditor },
  { kind: 'ends_with', editor: ActivitiesEditor },
  { kind: 'follows', editor: FollowsEditor },
  { kind: 'activity_time', editor: ActivityTimeEditor },
  { kind: 'repeats', editor: RepeatsEditor },
  { kind: 'handover', editor: HandoverEditor },
  { kind: 'funnel_place', editor: FunnelPlaceEditor },
  { kind: 'variant', editor: VariantsEditor },
  { kind: 'attribute_in', editor: ValuesEditor },
  { kind: 'attribute_not_in', editor: ValuesEditor },
  { kind: 'attribute_range', editor: RangeEditor },
  { kind: 'attribute_period', editor: PeriodEditor },
  { kind: 'period', editor: PeriodEditor },
  { kind: 'duration', editor: DurationEditor },
  { kind: 'event_count', editor: EventCountEditor },
  { kind: 'case_ids', editor: CaseIdsEditor },
  { kind: 'sample', editor: SampleEditor },
  { kind: 'event_activity', editor: ActivitiesEditor },
  { kind: 'event_attribute_in', editor: ValuesEditor },
  { kind: 'event_attribute_range', editor: RangeEditor },
  { kind: 'event_period', editor: PeriodEditor },
  { kind: 'group_activities', editor: GroupEditor },
];

interface BuilderProps {
  log: number;
  version: Version;
  /** The one that is changed; a new one when absent. */
  filter?: OneFilter | undefined;
  /** The other filters at work. */
  selection: Selection['filters'];
  /** Which kinds can be chosen, as for a part of a group; all, and saved ones, when absent. */
  only?: Keeps | undefined;
  /** All filters of the page, to save them and to take saved ones. */
  saved?: { chips: Chip[]; onChips: (chips: Chip[]) => void } | undefined;
  onApply: (filter: OneFilter) => void;
  onClose: () => void;
}

export function Builder(props: BuilderProps) {
  const { log, version, filter, selection, only, saved, onApply, onClose } = props;
  const text = useText();
  const [kind, setKind] = useState(filter?.kind);
  const [draft, setDraft] = useState<Draft>(filter ? { ...filter } : {});
  const Editor = EDITORS.find((one) => one.kind === kind)?.editor;
  const made = kind && readFilter({ ...draft, kind });
  const isComplete = made !== undefined && 'kind' in made && !isImpossible(made);
  return (
    <Dialog
      size="lg"
      onClose={onClose}
      title={text(kind ? `filters.kind.${kind}` : 'filters.choose')}
    >
      {!Editor || !kind ? (
        <>
          {!only && saved && <SavedFilters {...{ log, ...saved }} />}
          <Kinds
            keeping={only ? [only] : KEEPINGS}
            onChoose={(chosen) => {
              setKind(chosen);
              setDraft({});
            }}
          />
        </>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (isComplete) onApply(made);
          }}
        >
          <Keeping keeps={keepsOf({ kind } as OneFilter)} />
          <Editor
            key={kind}
            kind={kind}
            draft={draft}
            selection={{ log, version, filters: selection }}
            onDraft={setDraft}
          />
          {isComplete && <Leaving version={version.id} others={selection} filter={made} />}
          <Group justify="space-between">
            <Button
              variant="subtle"
              leftSection={<ArrowLeft size={14} aria-hidden />}
              onClick={() => setKind(undefined)}
            >
              {text('filters.back')}
            </Button>
            <Button type="submit" disabled={!isComplete}>
              {text('filters.apply')}
            </Button>
          </Group>
        </form>
      )}
    </Dialog>
  );
}

const KEEPINGS: readonly Keeps[] = ['cases', 'events', 'everything'];

interface KindsProps {
  keeping: readonly Keeps[];
  onChoose: (kind: FilterKind) => void;
}

function Kinds({ keeping, onChoose }: KindsProps) {
  const text = useText();
  return keeping.map((keeps) => (
    <section key={keeps} className={styles.kinds} data-keeps={keeps}>
      <Keeping keeps={keeps} />
      <div className={styles.list}>
        {EDITORS.filter(({ kind }) => keepsOf({ kind } as OneFilter) === keeps).map(({ kind }) => (
          <Button
            key={kind}
            variant="default"
            justify="flex-start"
            onClick={() => onChoose(kind)}
            className={styles.choice ?? ''}
          >
            {text(`filters.kind.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  ));
}

/** Whole cases or parts of cases: said in words and shown by a sign. */
function Keeping({ keeps }: { keeps: Keeps }) {
  const text = useText();
  const { Icon, name } = KEEPS[keeps];
  return (
    <p className={styles.keeping}>
      <Icon size={15} aria-hidden />
      <strong>{text(name)}</strong>
      <span className={styles.detail}>{text(`${name}.detail`)}</span>
    </p>
  );
}
