// Step 4: into which log, under which name; then the running job.
import { Button, Checkbox, Group, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { jobsQuery, startImport } from '../../../api/jobs';
import { logsQuery } from '../../../api/logs';
import { failureOf } from '../../../api/problem';
import type { CheckedColumn, CheckJoin, ImportOrder } from '../../../api/types';
import { FailureView } from '../../../shell/FailureView';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { useTypedText } from '../../log/useTypedText';
import { freeName, nameFault, nameOfFile } from '../logName';
import { ImportJob } from './ImportJob';
import styles from './ImportStep.module.css';
import { canJoin, JoinPreview } from './JoinPreview';
import { type ImportSearch, MODES, type Mode, settingsAsked } from './search';
import { useCheck } from './useCheck';

const route = getRouteApi('/data/import');

interface ImportStepProps {
  search: ImportSearch;
  upload: number;
  columns: CheckedColumn[];
  onOtherFile: () => void;
}

export function ImportStep({ search, upload, columns, onOtherFile }: ImportStepProps) {
  const text = useText();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { data: logs = [] } = useQuery(logsQuery);
  const { into: log, key = [] } = search;
  const mode = search.mode ?? (log === undefined ? 'new' : 'append');
  const choose = (change: Pick<ImportSearch, 'mode' | 'into' | 'key' | 'name'>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const [name, typeName] = useTypedText(
    search.name ?? freeName(nameOfFile(search.file ?? ''), logs),
    (typed) => choose({ name: typed }),
  );
  const join = joinOf(mode, log, key);
  const isAsking = join !== undefined && search.job === undefined;
  const check = useCheck({
    upload: isAsking ? upload : undefined,
    settings: settingsAsked(search),
    join,
  });
  // Locked at the first click: a second one comes before the page shows that it is under way.
  const isLocked = useRef(false);
  useEffect(() => {
    if (search.job === undefined) isLocked.current = false;
  }, [search.job]);
  const starting = useMutation({
    mutationFn: (order: ImportOrder) => startImport(order),
    onSuccess: (job) => {
      void queries.invalidateQueries(jobsQuery);
      return navigate({ search: (before) => ({ ...before, job: job.id }) });
    },
    onError: () => {
      isLocked.current = false;
    },
  });
  if (search.job) return <ImportJob job={search.job} onOtherFile={onOtherFile} />;
  const names = logs.map((one) => one.name);
  const fault = mode === 'new' ? nameFault(name, names) : undefined;
  const target = log;
  const isComplete = mode === 'new' ? !fault : target !== undefined && canJoin(check);
  const order: ImportOrder = {
    upload,
    mode,
    settings: settingsAsked(search),
    ...(mode === 'new' ? { name: name.trim() } : {}),
    ...(mode !== 'new' && target !== undefined ? { log: target } : {}),
    ...(mode === 'upsert' && key.length > 0 ? { key } : {}),
  };
  const start = () => {
    if (!isComplete || isLocked.current) return;
    isLocked.current = true;
    starting.mutate(order);
  };
  return (
    <form
      className={`${panel.panel} ${styles.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <Radio.Group
        label={text('import.mode')}
        value={mode}
        onChange={(value) => choose({ mode: value as Mode })}
      >
        <div className={styles.modes}>
          {MODES.map((value) => (
            <Radio
              key={value}
              value={value}
              disabled={value !== 'new' && logs.length === 0}
              label={text(`import.mode.${value}`)}
              description={text(`import.mode.${value}.detail`)}
            />
          ))}
        </div>
      </Radio.Group>
      {mode === 'new' ? (
        <TextInput
          label={text('data.name')}
          value={name}
          className={styles.name ?? ''}
          error={fault && text(fault)}
          onChange={(event) => typeName(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect
          label={text('data.log')}
          required
          value={String(target ?? '')}
          onChange={(event) =>
            choose({ mode, into: Number(event.currentTarget.value) || undefined })
          }
          data={[
            { value: '', label: text('import.roles.choose') },
            ...logs.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
        />
      )}
      {mode === 'upsert' && (
        <Checkbox.Group
          label={text('import.key')}
          description={text('import.key.detail')}
          value={key}
          onChange={(columns) => choose({ key: columns })}
        >
          <div className={styles.keys}>
            {columns.map((column) => (
              <Checkbox key={column.name} value={column.name} label={column.name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {join && (
        <JoinPreview
          check={check}
          name={logs.find((one) => one.id === join.log)?.name ?? ''}
          onOtherFile={onOtherFile}
        />
      )}
      {starting.error && <FailureView failure={failureOf(starting.error)} onRetry={start} />}
      <Group justify="flex-end">
        <Button type="submit" loading={starting.isPending} disabled={!isComplete}>
          {text(mode === 'new' ? 'import.start' : 'import.start.add')}
        </Button>
      </Group>
    </form>
  );
}

/** What the events are to join, once that has been said. */
function joinOf(mode: Mode, log: number | undefined, key: string[]): CheckJoin | undefined {
  if (mode === 'new' || log === undefined) return undefined;
  return { log, mode, key: mode === 'upsert' ? key : [] };
}
