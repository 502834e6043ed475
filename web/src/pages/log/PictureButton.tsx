// Where a picture can be taken away: the menu comes once the page is there.
import { useLoaded } from '../../shell/useLoaded';
import styles from './PictureButton.module.css';
import type { PictureMenuProps } from './PictureMenu';

const loadMenu = () => import('./PictureMenu');

export function PictureButton(props: PictureMenuProps) {
  const loaded = useLoaded(loadMenu);
  return loaded ? <loaded.PictureMenu {...props} /> : <span className={styles.room} />;
}
