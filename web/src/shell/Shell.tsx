// The frame around every page: places on the left, log and settings on top, the page below.
import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { useText } from '../text/useText';
import { ConnectionBanner } from './ConnectionBanner';
import { useJobNotices } from './jobNotices';
import { Rail } from './Rail';
import styles from './Shell.module.css';
import { TopBar } from './TopBar';

export const FILTER_BAR_ID = 'filter-bar';

export function Shell() {
  const text = useText();
  const content = useRef<HTMLElement>(null);
  useJobNotices();
  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: it is a link to a part of this page */}
      <a
        className={styles.skip}
        href="#content"
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
      <div id={FILTER_BAR_ID} className={styles.filters} />
      <main id="content" ref={content} className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
