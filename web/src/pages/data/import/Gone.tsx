// The file of these steps is no longer on the server: it was imported, or nobody wanted it.
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { failureOf } from '../../../api/problem';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import type { Check } from './CheckGate';

const NO_UPLOAD = 'upload_not_found';

export function isGone({ error, isFetching }: Check): boolean {
  if (!error || isFetching) return false;
  const failure = failureOf(error);
  return failure.kind === 'problem' && failure.problem.code === NO_UPLOAD;
}

interface GoneProps {
  file: string;
  onOtherFile: () => void;
}

export function Gone({ file, onOtherFile }: GoneProps) {
  const text = useText();
  return (
    <section className={panel.panel} role="alert">
      <h2 className={panel.heading}>
        {file ? text('import.gone.named', { name: file }) : text('import.gone')}
      </h2>
      <p className={panel.note}>{text('import.gone.detail')}</p>
      <Group mt="md">
        <Button onClick={onOtherFile}>{text('import.otherFile')}</Button>
        <Button variant="default" renderRoot={(props) => <Link to="/data" {...props} />}>
          {text('import.gone.data')}
        </Button>
      </Group>
    </section>
  );
}
