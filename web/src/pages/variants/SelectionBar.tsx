// What can be done with the chosen variants: their map, their cases, or a filter that keeps them.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ListFilter, Map as MapIcon, TableProperties, X } from 'lucide-react';
import type { Log } from '../../api/types';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { linkSearch } from '../explore/search';
import { CHOSEN_MAX, type VariantsSearch } from './search';
import type { ChosenVariants } from './selection';
import styles from './VariantList.module.css';

interface SelectionBarProps {
  log: Log;
  search: VariantsSearch;
  filters: unknown[];
  some: ChosenVariants;
  /** How many variants there are. */
  all: number;
  /** All cases, for the share. */
  cases: number;
  onFilters: (filters: unknown[]) => void;
  /** Chooses the most frequent ones of them, as many as a filter can name. */
  onFirst: () => void;
  onClear: () => void;
}

export function SelectionBar(props: SelectionBarProps) {
  const { log, search, filters, some, all, cases, onFilters, onFirst, onClear } = props;
  const text = useText();
  const format = useFormats();
  const others = all - some.count;
  const params = { log: String(log.id) };
  const kept = some.filter === null ? null : [...filters, some.filter];
  const share = format.percent(cases === 0 ? 0 : some.cases / cases);
  return (
    <section className={styles.chosen} aria-label={text('variants.chosen')}>
      <p className={styles.chosenCount} role="status">
        {text('variants.chosen.count', { count: some.count })} ·{' '}
        {text('variants.chosen.cases', { cases: some.cases, share })}
      </p>
      {kept ? (
        <>
          <Button
            size="xs"
            leftSection={<MapIcon size={14} aria-hidden />}
            renderRoot={(rest) => (
              <Link
                to="/map/$log"
                params={params}
                search={linkSearch(search.version, kept)}
                preload={false}
                {...rest}
              />
            )}
          >
            {text('variants.chosen.map')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<TableProperties size={14} aria-hidden />}
            renderRoot={(rest) => (
              <Link
                to="/cases/$log"
                params={params}
                search={linkSearch(search.version, kept)}
                preload={false}
                {...rest}
              />
            )}
          >
            {text('variants.chosen.open')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<ListFilter size={14} aria-hidden />}
            onClick={() => onFilters(kept)}
          >
            {text('variants.chosen.keep')}
          </Button>
        </>
      ) : (
        <>
          <p className={styles.hint}>
            {others > CHOSEN_MAX
              ? text('variants.chosen.many', { most: CHOSEN_MAX, others })
              : text('variants.chosen.unlisted', { most: CHOSEN_MAX })}
          </p>
          <Button size="xs" variant="default" onClick={onFirst}>
            {text('variants.chosen.first', { most: CHOSEN_MAX })}
          </Button>
        </>
      )}
      <Button
        size="xs"
        variant="subtle"
        leftSection={<X size={14} aria-hidden />}
        onClick={onClear}
      >
        {text('variants.chosen.clear')}
      </Button>
    </section>
  );
}
