// Mends something saved: for each thing that is gone another one, or nothing; then saves it.
import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { effectsQuery } from '../../api/filters';
import { failureOf } from '../../api/problem';
import type { Named, NamedContent } from '../../api/views';
import { chipsOf } from '../../filters/chips';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import { PLACES } from '../explore/places';
import { MendChoice } from './MendChoice';
import { keyOf, mended } from './missing';
import { placeOf, type State } from './state';
import type { Health } from './useMissing';
import { useSaving } from './useSaving';
import { useViewText } from './useViewText';
import styles from './Views.module.css';

interface MendFormProps {
  log: number;
  saved: Named;
  page: string;
  state: State;
  health: Extract<Health, { state: 'ready' }>;
}

export function MendForm({ log, saved, page, state, health }: MendFormProps) {
  const text = useText();
  const words = useViewText();
  const router = useRouter();
  const { schema, version, missing, goneVersion } = health;
  const [mends, setMends] = useState<ReadonlyMap<string, string | null>>(
    () => new Map(missing.map((one) => [keyOf(one), null])),
  );
  const [keeps, setKeeps] = useState(false);
  const [chosenPage, setPage] = useState(placeOf(page) ? page : 'map');
  const whole = mended(page, state, schema, mends);
  const next = goneVersion === undefined ? whole : withVersion(whole, keeps && version.number);
  const content: NamedContent =
    saved.kind === 'view'
      ? { kind: 'view', page: chosenPage, state: next }
      : { kind: 'filters', filters: chipsOf(next).map(({ filter }) => ({ ...filter })) };
  const open = () => {
    const place = placeOf(chosenPage);
    if (!place) return;
    const view = saved.kind === 'view' ? saved.id : undefined;
    void router.navigate({
      to: place.to,
      params: { log: String(log) },
      search: { ...next, view },
    });
  };
  const saving = useSaving(log, open);
  const { filters } = words(content);
  return (
    <form
      className={styles.mends}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ content, over: saved });
      }}
    >
      <p className={styles.note}>{text('views.broken.detail', { count: gapsOf(health, page) })}</p>
      {!placeOf(page) && (
        <div className={styles.mend}>
          <span className={styles.gone}>{text('views.missing.page', { name: page })}</span>
          <NativeSelect
            label={text('views.mend.page')}
            value={chosenPage}
            onChange={(event) => setPage(event.currentTarget.value)}
            data={PLACES.map((one) => ({ value: one.last.slice(1), label: text(one.name) }))}
          />
        </div>
      )}
      {goneVersion !== undefined && (
        <div className={styles.mend}>
          <span className={styles.gone}>
            {text('views.missing.version', { number: String(goneVersion) })}
          </span>
          <NativeSelect
            label={text('views.mend.with')}
            value={keeps ? 'kept' : 'newest'}
            onChange={(event) => setKeeps(event.currentTarget.value === 'kept')}
            data={[
              { value: 'newest', label: text('views.version.newest') },
              {
                value: 'kept',
                label: text('views.version.keep', { number: String(version.number) }),
              },
            ]}
          />
        </div>
      )}
      {missing.map((one) => (
        <MendChoice
          key={keyOf(one)}
          {...{ schema, version }}
          missing={one}
          mend={mends.get(keyOf(one)) ?? null}
          onMend={(mend) => setMends(new Map(mends).set(keyOf(one), mend))}
        />
      ))}
      <dl className={styles.holds} aria-live="polite">
        <dt>{text('views.mend.then')}</dt>
        {filters.map((filter) => (
          <dd key={filter}>{filter}</dd>
        ))}
        {filters.length === 0 && <dd>{text('views.filters.none')}</dd>}
        <Left version={version.id} state={next} />
      </dl>
      {saving.error && <FailureView failure={failureOf(saving.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={open}>
          {text('views.mend.open')}
        </Button>
        <Button type="submit" loading={saving.isPending}>
          {text('views.mend.save')}
        </Button>
      </Group>
    </form>
  );
}

/** What the filters leave when they are mended so. */
function Left({ version, state }: { version: string; state: State }) {
  const text = useText();
  const { data } = useQuery(effectsQuery(version, chipsOf(state)));
  if (!data?.left) return null;
  return <dd>{text('views.mend.left', { cases: data.left.cases, total: data.total.cases })}</dd>;
}

function gapsOf({ missing, goneVersion }: MendFormProps['health'], page: string): number {
  return missing.length + (goneVersion === undefined ? 0 : 1) + (placeOf(page) ? 0 : 1);
}

function withVersion(state: State, version: number | false): State {
  const { version: _, ...rest } = state;
  return version === false ? rest : { ...rest, version };
}
