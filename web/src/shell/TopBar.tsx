// Which log is open, what is running, and how this browser shows things.
import { useLocation, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { needTexts } from '../text/catalogue';
import { JobsTray } from './JobsTray';
import { LogSwitcher } from './LogSwitcher';
import { LanguageSwitch, ThemeSwitch } from './Switches';
import styles from './TopBar.module.css';

const LogViews = lazy(async () => {
  const [loaded] = await Promise.all([
    import('../pages/views/LogViews'),
    needTexts('views', 'filters'),
  ]);
  return { default: loaded.LogViews };
});

export function TopBar() {
  const log = Number(useParams({ strict: false }).log);
  const path = useLocation({ select: ({ pathname }) => pathname });
  return (
    <header className={styles.bar}>
      <LogSwitcher />
      {/* What is no number is no log. */}
      <Suspense>{Number.isSafeInteger(log) && <LogViews log={log} path={path} />}</Suspense>
      <div className={`${styles.tools} not-printed`}>
        <JobsTray />
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}
