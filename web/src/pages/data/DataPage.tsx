// All logs, and the doors to new ones.
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Sparkles, Upload } from 'lucide-react';
import { useCallback } from 'react';
import { logsQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import { startUpload } from '../../api/uploads';
import { useFileDrop } from '../../forms/FileDrop';
import { useWindowDrop } from '../../forms/useWindowDrop';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { Page } from '../../shell/Page';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';
import styles from './DataPage.module.css';
import { Doors } from './Doors';
import { LogTable } from './LogTable';
import { TemplatesHint } from './TemplatesHint';
import { useSample } from './useSample';

const SKELETON_ROWS = ['a', 'b', 'c', 'd'];

export function DataPage() {
  const text = useText();
  const navigate = useNavigate();
  const logs = useQuery(logsQuery);
  const sample = useSample();
  const take = useCallback(
    (files: File[]) => {
      startUpload(files);
      void navigate({ to: '/data/import' });
    },
    [navigate],
  );
  const { isOver, handlers } = useFileDrop(take);
  useWindowDrop(take);
  const isEmpty = logs.data?.length === 0;
  return (
    <div className={styles.drop} data-over={isOver} {...handlers}>
      <Page
        title={text('data.title')}
        subtitle={text('data.subtitle')}
        actions={
          logs.data &&
          !isEmpty && (
            <>
              <Button
                variant="default"
                leftSection={<Sparkles size={16} aria-hidden />}
                loading={sample.isPending}
                onClick={() => sample.mutate()}
              >
                {text('data.sample')}
              </Button>
              <Button
                leftSection={<Upload size={16} aria-hidden />}
                renderRoot={(props) => <Link to="/data/import" {...props} />}
              >
                {text('data.upload')}
              </Button>
            </>
          )
        }
      >
        {sample.error && (
          <FailureView failure={failureOf(sample.error)} onRetry={() => sample.mutate()} />
        )}
        {logs.isPending && (
          <Late>
            <div className={panel.panel}>
              {SKELETON_ROWS.map((row) => (
                <Skeleton key={row} height={20} my={14} />
              ))}
            </div>
          </Late>
        )}
        {logs.isError && !logs.data && (
          <FailureView failure={failureOf(logs.error)} onRetry={() => logs.refetch()} />
        )}
        {isEmpty && <Doors onSample={() => sample.mutate()} isSampling={sample.isPending} />}
        {logs.data && !isEmpty && (
          <>
            <LogTable logs={logs.data} />
            <TemplatesHint />
          </>
        )}
      </Page>
      {isOver && <p className={styles.release}>{text('upload.release')}</p>}
    </div>
  );
}
