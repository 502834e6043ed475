// Where notices appear. A part of its own: no notice is shown before the page is.
import { Notifications } from '@mantine/notifications';

export function Notices() {
  return <Notifications position="bottom-right" limit={3} />;
}
