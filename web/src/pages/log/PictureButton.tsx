// Where a picture can be taken away: the menu comes once the page is there.
import { lazy, Suspense } from 'react';
import styles from './PictureButton.module.css';
import type { PictureMenuProps } from './PictureMenu';

const Menu = lazy(async () => ({ default: (await import('./PictureMenu')).PictureMenu }));

export function PictureButton(props: PictureMenuProps) {
  return (
    <Suspense fallback={<span className={styles.room} />}>
      <Menu {...props} />
    </Suspense>
  );
}
