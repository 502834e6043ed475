// Step 1: the file on its way to the server.
import { Button, Group, Progress } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { forgetUpload, startUpload, type UploadState, useUpload } from '../../../api/uploads';
import { useFormats } from '../../../format';
import { FileDrop } from '../../../forms/FileDrop';
import { FailureView } from '../../../shell/FailureView';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { TemplatesHint } from '../TemplatesHint';
import styles from './FileStep.module.css';
import { PasteTable } from './PasteTable';

interface FileStepProps {
  /** The name of the file that is already there. */
  there: string | undefined;
  onNext: () => void;
}

export function FileStep({ there, onNext }: FileStepProps) {
  const text = useText();
  const upload = useUpload();
  if (upload.kind === 'sending') return <Sending upload={upload} />;
  return (
    <>
      {upload.kind === 'failed' && <FailureView failure={upload.failure} onRetry={upload.again} />}
      {there !== undefined && (
        <div className={`${panel.panel} ${styles.there}`}>
          <CircleCheck size={20} aria-hidden />
          <span>{text('import.file.there', { name: there })}</span>
          <Button onClick={onNext}>{text('import.next.columns')}</Button>
        </div>
      )}
      <FileDrop onFiles={startUpload} />
      <PasteTable onFile={(file) => startUpload([file])} />
      <p className={panel.note}>{text('import.file.private')}</p>
      <TemplatesHint />
    </>
  );
}

function Sending({ upload }: { upload: Extract<UploadState, { kind: 'sending' }> }) {
  const text = useText();
  const format = useFormats();
  const { name, sent, total, bytesPerSecond } = upload;
  const isAllSent = total > 0 && sent >= total;
  return (
    <div className={panel.panel}>
      <h2 className={panel.heading}>{text('import.file.sending', { name })}</h2>
      <Progress
        value={total > 0 ? (100 * sent) / total : 100}
        animated
        aria-label={text('import.file.sending', { name })}
      />
      <Group justify="space-between" mt="sm">
        <span className={`${panel.note} number`}>
          {isAllSent
            ? text('import.file.storing')
            : `${text('jobs.progress', { done: format.bytes(sent), total: format.bytes(total) })} · ${format.rate(bytesPerSecond)}`}
        </span>
        <Button size="xs" variant="default" onClick={forgetUpload}>
          {text('action.cancel')}
        </Button>
      </Group>
    </div>
  );
}
