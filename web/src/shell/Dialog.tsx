// A window over the page, for as long as it is there: the focus goes back to what opened it.
import { Modal, type ModalProps } from '@mantine/core';
import { useText } from '../text/useText';
import { useFocusBack } from './useFocusBack';

type DialogProps = Omit<ModalProps, 'opened' | 'closeButtonProps'>;

export function Dialog(props: DialogProps) {
  const text = useText();
  useFocusBack();
  return <Modal opened closeButtonProps={{ 'aria-label': text('action.close') }} {...props} />;
}
