// What is chosen about the analysis of a log: limits, policies, calendars, rates, and who follows.
import { Anchor, Button, Group, NativeSelect, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { logQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import {
  changeSettings,
  mistakesOf,
  type Setting,
  type Settings,
  type SettingsChange,
  type SettingValue,
  settingsAt,
  settingsQuery,
} from '../../api/settings';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { Page } from '../../shell/Page';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';
import { SettingLine } from './SettingLine';
import styles from './Settings.module.css';

const route = getRouteApi('/data/$log/settings');

type Draft = Record<string, SettingValue | null>;

export function SettingsPage() {
  const text = useText();
  const params = route.useParams();
  const id = Number(params.log);
  const log = useQuery(logQuery(id));
  const settings = useQuery(settingsQuery(id));
  const failed = [log, settings].find((query) => query.isError && !query.data);
  return (
    <Page
      title={text('settings.title')}
      subtitle={text('settings.subtitle')}
      back={
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/data/$log" params={{ log: params.log }} {...props} />}
        >
          <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
          {log.data?.name ?? text('settings.log')}
        </Anchor>
      }
    >
      {failed && <FailureView failure={failureOf(failed.error)} onRetry={() => failed.refetch()} />}
      {!failed && !settings.data && (
        <Late>
          <Skeleton height={320} radius="md" />
        </Late>
      )}
      {settings.data && <Chosen log={id} settings={settings.data} />}
    </Page>
  );
}

/** The settings under their headings. */
function grouped(settings: Setting[]): Setting[][] {
  const groups: Setting[][] = [];
  for (const setting of settings) {
    const last = groups.at(-1);
    if (last && !setting.heading) last.push(setting);
    else groups.push([setting]);
  }
  return groups;
}

function changeOf(draft: Draft, seen: number): SettingsChange {
  const entries = Object.entries(draft);
  const set = entries.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  const reset = entries.filter(([, value]) => value === null).map(([key]) => key);
  return { set: Object.fromEntries(set), reset, seen };
}

function Chosen({ log, settings }: { log: number; settings: Settings }) {
  const text = useText();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({});
  const saving = useMutation({
    mutationFn: (change: SettingsChange) => changeSettings(log, change),
    onSuccess: (saved) => {
      setDraft({});
      queries.setQueryData(settingsQuery(log).queryKey, saved);
      // Everything that was answered by the settings before is asked anew.
      return queries.invalidateQueries();
    },
  });
  const mistakes = mistakesOf(saving.error);
  const errorOf = (key: string) =>
    mistakes.find((mistake) => mistake.place.parameter === key)?.detail;
  const count = Object.keys(draft).length;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(changeOf(draft, settings.version));
      }}
    >
      <Versions
        log={log}
        settings={settings}
        isBusy={saving.isPending}
        onChosen={(change) => saving.mutate(change)}
      />
      {grouped(settings.settings).map((group) => (
        <section key={group[0]?.key} className={panel.panel}>
          <h2 className={panel.heading}>{group[0]?.heading}</h2>
          {group.map((setting) => (
            <SettingLine
              key={`${setting.key} ${settings.version}`}
              setting={setting}
              draft={draft[setting.key]}
              error={errorOf(setting.key)}
              onChange={(value) => setDraft((known) => ({ ...known, [setting.key]: value }))}
            />
          ))}
        </section>
      ))}
      {saving.error && <FailureView failure={failureOf(saving.error)} />}
      <div className={styles.bar}>
        <span role="status">
          {count > 0 && text('settings.unsaved', { count })}
          {count === 0 && saving.isSuccess && text('settings.saved')}
        </span>
        <Group>
          <Button variant="default" disabled={count === 0} onClick={() => setDraft({})}>
            {text('settings.discard')}
          </Button>
          <Button type="submit" disabled={count === 0} loading={saving.isPending}>
            {text('action.save')}
          </Button>
        </Group>
      </div>
    </form>
  );
}

interface VersionsProps {
  log: number;
  settings: Settings;
  isBusy: boolean;
  onChosen: (change: SettingsChange) => void;
}

function Versions({ log, settings, isBusy, onChosen }: VersionsProps) {
  const text = useText();
  const format = useFormats();
  const [chosen, setChosen] = useState(settings.version);
  const bringing = useMutation({
    mutationFn: () => settingsAt(log, chosen),
    onSuccess: (then) => onChosen({ file: then.file, seen: settings.version }),
  });
  const names = settings.changes.map((change) => ({
    value: String(change.version),
    label: text('settings.version.at', {
      number: String(change.version),
      at: format.dateTime(change.at),
    }),
  }));
  return (
    <div className={styles.versions}>
      <NativeSelect
        label={text('settings.versions')}
        data={[{ value: '0', label: text('settings.defaults') }, ...names]}
        value={String(chosen)}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
      />
      <Button
        variant="default"
        disabled={chosen === settings.version}
        loading={isBusy || bringing.isPending}
        onClick={() => bringing.mutate()}
      >
        {text('settings.bringBack')}
      </Button>
    </div>
  );
}
