// The frame around every page: places on the left, log and settings on top, the page below.
import { Outlet, useLocation } from '@tanstack/react-router';
import { useRef } from 'react';
import { PLACES } from '../pages/explore/places';
import { useText } from '../text/useText';
import { ConnectionBanner } from './ConnectionBanner';
import { useJobNotices } from './jobNotices';
import { useLiveJobs } from './liveJobs';
import { Rail } from './Rail';
import styles from './Shell.module.css';
import { TopBar } from './TopBar';
import { useDroppedFiles } from './useDroppedFiles';
import { useLightPaper } from './useLightPaper';
import { useScrollToTop } from './useScrollToTop';

export const FILTER_BAR_ID = 'filter-bar';
export const CONTENT_ID = 'content';

export function Shell() {
  const text = useText();
  const content = useRef<HTMLElement>(null);
  useLiveJobs();
  useJobNotices();
  useDroppedFiles();
  useLightPaper();
  const path = useLocation({ select: ({ pathname }) => pathname });
  useScrollToTop(path);
  // The bar of the filters is there before they are.
  const hasFilters = PLACES.some((place) => place.hasFilters && path.startsWith(`${place.last}/`));
  return (
    <div className={styles.shell}>
      <a
        className={styles.skip}
        href={`#${CONTENT_ID}`}
        onClick={(event) => {
          // The page has a base address, so that a bare fragment would leave it.
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {text('shell.skip')}
      </a>
      <Rail />
      <TopBar />
      <div className={styles.notices}>
        <ConnectionBanner />
      </div>
      <div
        id={FILTER_BAR_ID}
        className={`${styles.filters} ${hasFilters ? styles.reserved : ''}`}
      />
      <main id={CONTENT_ID} ref={content} className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
