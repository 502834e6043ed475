// The places of the product, always in sight: those of the open log first, then the data.
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps, useParams, useRouterState, useSearch } from '@tanstack/react-router';
import { type LucideIcon, Upload } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { logsQuery } from '../api/logs';
import { PLACES } from '../pages/explore/places';
import { sharedSearch } from '../pages/explore/search';
import type { TextKey } from '../text/messages';
import { useText } from '../text/useText';
import { Mark } from './Mark';
import styles from './Rail.module.css';
import { useNearPlaces } from './useNearPlaces';

export function Rail() {
  const text = useText();
  const { log } = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const { data: logs = [] } = useQuery(logsQuery);
  // A log that is gone, or has no data yet, has no places.
  const isThere = logs.some(({ id, current }) => String(id) === log && current);
  useNearPlaces(isThere);
  const rail = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // In a narrow window not all places are in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another place
  useEffect(() => {
    const here = rail.current?.querySelector('[aria-current="page"]');
    if (rail.current && here) bringIntoSight(rail.current, here);
  }, [path]);
  return (
    <nav ref={rail} className={`${styles.rail} not-printed`} aria-label={text('shell.main')}>
      <div className={styles.mark}>
        <Mark />
      </div>
      {PLACES.map(({ to, last, name, icon }) => (
        <RailLink
          key={to}
          {...{ name, icon }}
          link={
            log && isThere
              ? { to, params: { log }, search: sharedSearch({ ...search }) }
              : { to: last }
          }
        />
      ))}
      <RailLink name="place.data" icon={Upload} link={{ to: '/data' }} />
    </nav>
  );
}

/** Not with `scrollIntoView`: after it the first Tab would begin there, past the skip link. */
function bringIntoSight(rail: HTMLElement, here: Element) {
  const [frame, place] = [rail.getBoundingClientRect(), here.getBoundingClientRect()];
  rail.scrollLeft += beyond([place.left, place.right], [frame.left, frame.right]);
  rail.scrollTop += beyond([place.top, place.bottom], [frame.top, frame.bottom]);
}

type Stretch = readonly [from: number, to: number];

/** How far a stretch reaches over the end of another, or, negative, over its beginning. */
function beyond([from, to]: Stretch, [least, most]: Stretch): number {
  if (from < least) return from - least;
  return to > most ? Math.min(to - most, from - least) : 0;
}

interface RailLinkProps {
  name: TextKey;
  icon: LucideIcon;
  link: LinkProps;
}

function RailLink({ name, icon: Icon, link }: RailLinkProps) {
  const text = useText();
  return (
    <Link
      {...link}
      preload={false}
      className={styles.place ?? ''}
      activeOptions={{ includeSearch: false }}
      activeProps={{ className: styles.here ?? '', 'aria-current': 'page' }}
    >
      <Icon size={19} strokeWidth={1.9} aria-hidden />
      <span className={styles.name}>{text(name)}</span>
    </Link>
  );
}
