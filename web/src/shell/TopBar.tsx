// Which log is open, what is running, and how this browser shows things.
import { JobsTray } from './JobsTray';
import { LogSwitcher } from './LogSwitcher';
import { LanguageSwitch, ThemeSwitch } from './Switches';
import styles from './TopBar.module.css';

export function TopBar() {
  return (
    <header className={styles.bar}>
      <LogSwitcher />
      <div className={`${styles.tools} not-printed`}>
        <JobsTray />
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}
