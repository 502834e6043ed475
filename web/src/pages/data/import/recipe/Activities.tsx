// Which activity of the library is each label, by what was it recognised, and what the user says.
import { Badge, Button, Group, NativeSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { libraryQuery } from '../../../../api/recipes';
import type { CheckResult, ImportSettings, KnownActivity } from '../../../../api/types';
import { useFormats } from '../../../../format';
import panel from '../../../../style/panel.module.css';
import table from '../../../../style/table.module.css';
import { useText } from '../../../../text/useText';
import { columnOf, withoutBlanks } from '../roles';
import { isSuggestion, KEPT, meaningOf, withMeanings } from './meanings';

/** The server's word for "read as no process". */
const NONE = '-';
/** So many labels are shown, the most frequent ones. */
const LABELS_SHOWN = 100;

interface ActivitiesProps {
  result: CheckResult;
  settings: ImportSettings;
  onSettings: (settings: ImportSettings) => void;
}

export function Activities({ result, settings, onSettings }: ActivitiesProps) {
  const text = useText();
  const { data: library } = useQuery(libraryQuery);
  const { process, columns } = result;
  if (!library) return null;
  const names = new Map(
    library.activities.map(({ key, name }) => [key, Object.values(name)[0] ?? key]),
  );
  const set = (change: ImportSettings) => onSettings(withoutBlanks({ ...settings, ...change }));
  const activity = columnOf('activity', settings, columns);
  const others = columns.filter(({ name }) => name !== activity).map(({ name }) => name);
  const suggested = (process?.activities ?? []).filter(isSuggestion);
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('mapping.activities')}</h2>
      <p className={panel.note}>{process?.reason ?? text('mapping.unknown')}</p>
      <Switch
        my="sm"
        label={text('mapping.read')}
        checked={process?.used === true}
        onChange={(event) =>
          set({ process: event.currentTarget.checked ? library.process.key : NONE })
        }
      />
      {process?.used && (
        <>
          <NativeSelect
            label={text('mapping.pipeline')}
            description={text('mapping.pipeline.detail')}
            value={settings.pipeline ?? ''}
            onChange={(event) => set({ pipeline: event.currentTarget.value })}
            data={[{ value: '', label: text('mapping.pipeline.none') }, ...others]}
          />
          {suggested.length > 0 && (
            <Group my="sm">
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  onSettings(
                    withMeanings(
                      settings,
                      suggested.map((known) => ({ known, key: known.activity ?? KEPT })),
                    ),
                  )
                }
              >
                {text('mapping.agree', { count: suggested.length })}
              </Button>
            </Group>
          )}
          <Labels
            activities={process.activities}
            names={names}
            onMeaning={(known, key) => onSettings(withMeanings(settings, [{ known, key }]))}
          />
        </>
      )}
    </section>
  );
}

interface LabelsProps {
  activities: KnownActivity[];
  /** What the activities of the library are called, by key. */
  names: Map<string, string>;
  onMeaning: (known: KnownActivity, key: string) => void;
}

function Labels({ activities, names, onMeaning }: LabelsProps) {
  const text = useText();
  const format = useFormats();
  const shown = activities.slice(0, LABELS_SHOWN);
  const hasPipelines = shown.some(({ pipeline }) => pipeline);
  const options = [...names].map(([value, label]) => ({ value, label }));
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <caption className="only-read-aloud">{text('mapping.activities')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('mapping.label')}</th>
            {hasPipelines && <th scope="col">{text('mapping.pipeline.name')}</th>}
            <th scope="col" className={table.number}>
              {text('mapping.rows')}
            </th>
            <th scope="col">{text('mapping.meaning')}</th>
            <th scope="col">{text('mapping.by')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((known) => (
            <tr key={`${known.pipeline ?? ''} ${known.label}`}>
              <th scope="row">{known.label}</th>
              {hasPipelines && <td>{known.pipeline}</td>}
              <td className={table.number}>{format.number(known.rows)}</td>
              <td>
                <NativeSelect
                  size="xs"
                  aria-label={text('mapping.meaning.of', {
                    label: [known.label, known.pipeline].filter(Boolean).join(', '),
                  })}
                  value={meaningOf(known)}
                  onChange={(event) => onMeaning(known, event.currentTarget.value)}
                  data={[{ value: KEPT, label: text('mapping.keep') }, ...options]}
                />
              </td>
              <td>
                <Reason known={known} names={names} onMeaning={onMeaning} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {activities.length > shown.length && (
        <p className={panel.note}>
          {text('mapping.more', { count: activities.length - shown.length })}
        </p>
      )}
    </div>
  );
}

/** By what it was recognised; what is only suggested can be agreed with. */
function Reason({
  known,
  names,
  onMeaning,
}: Omit<LabelsProps, 'activities'> & { known: KnownActivity }) {
  const text = useText();
  const key = known.activity;
  if (isSuggestion(known) && key) {
    return (
      <Button size="compact-xs" variant="light" onClick={() => onMeaning(known, key)}>
        {text(`mapping.by.${known.by}`, { name: names.get(key) ?? key })}
      </Button>
    );
  }
  return (
    <Badge size="sm" variant={known.by === 'none' ? 'outline' : 'light'} miw="max-content">
      {text(`mapping.by.${known.by}`, { name: known.name })}
    </Badge>
  );
}
