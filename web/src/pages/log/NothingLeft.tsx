// What is said when the filters leave no case: which one to leave out, and the ways back.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type Effects, effectsQuery } from '../../api/filters';
import { type Chip, chipsOf, searchOf, without } from '../../filters/chips';
import { says } from '../../filters/says';
import { recordStep, undoStep, useStepCount } from '../../filters/undo';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './States.module.css';

export interface NoMatchProps {
  log: number;
  /** The id of the version. */
  version: string;
}

export function NothingLeft({ log, version }: NoMatchProps) {
  const text = useText();
  const format = useFormats();
  const router = useRouter();
  const chips = chipsOf({ ...useSearch({ strict: false }) });
  const { data: effects } = useQuery(effectsQuery(version, chips));
  const steps = useStepCount(String(log));
  const go = (next: Chip[]) =>
    void router.navigate({ to: '.', search: (before) => ({ ...before, ...searchOf(next) }) });
  const change = (next: Chip[]) => {
    recordStep(String(log), chips);
    go(next);
  };
  const active = chips.filter(({ isPaused }) => !isPaused).length;
  if (active === 0) {
    return (
      <section className={styles.state} role="status">
        <h2 className={styles.title}>{text('map.nomatch.none')}</h2>
      </section>
    );
  }
  const most = effects && mostRemoving(chips, effects);
  const chip = most && chips[most.idx];
  const filter = chip && says(chip.filter, text, format);
  return (
    <section className={styles.state} role="status">
      <h2 className={styles.title}>{text('map.nomatch.title', { count: active })}</h2>
      {effects && (
        <p className={styles.detail}>
          {filter
            ? text('map.nomatch.helps', { filter, cases: most.cases })
            : text('map.nomatch.several')}
        </p>
      )}
      <div className={styles.buttons}>
        {filter && (
          <Button onClick={() => change(without(chips, most.idx))}>
            {text('map.nomatch.remove', { filter })}
          </Button>
        )}
        {active > 1 && (
          <Button variant="default" onClick={() => change([])}>
            {text('map.nomatch.clear')}
          </Button>
        )}
        {steps > 0 && (
          <Button variant="default" onClick={() => go(undoStep(String(log)) ?? [])}>
            {text('map.nomatch.undo')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The filter without which most cases would be left; none, when any one of them is not enough. */
function mostRemoving(chips: Chip[], { removed }: Effects) {
  return chips
    .map(({ isPaused }, idx) => ({ idx, cases: isPaused ? 0 : (removed[idx]?.cases ?? 0) }))
    .filter(({ cases }) => cases > 0)
    .toSorted((left, right) => right.cases - left.cases)[0];
}
