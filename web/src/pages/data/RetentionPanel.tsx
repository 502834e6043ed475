// How long old versions of a log are kept.
import { Button, Group, NumberInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { logsQuery, setRetention } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Log } from '../../api/types';
import { FailureView } from '../../shell/FailureView';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';

const MOST = 100_000;

export function RetentionPanel({ log }: { log: Log }) {
  const text = useText();
  const queries = useQueryClient();
  const [versions, setVersions] = useState<string | number>(log.retention.keep_versions ?? '');
  const [days, setDays] = useState<string | number>(log.retention.keep_days ?? '');
  const saving = useMutation({
    mutationFn: () =>
      setRetention(log.id, {
        ...(versions === '' ? {} : { keep_versions: Number(versions) }),
        ...(days === '' ? {} : { keep_days: Number(days) }),
      }),
    onSuccess: () => queries.invalidateQueries(logsQuery),
  });
  const isChanged =
    versions !== (log.retention.keep_versions ?? '') || days !== (log.retention.keep_days ?? '');
  return (
    <form
      className={panel.panel}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <h2 className={panel.heading}>{text('data.retention')}</h2>
      <p className={panel.note}>{text('data.retention.detail')}</p>
      <Group align="flex-end" mt="sm">
        <NumberInput
          label={text('data.retention.versions')}
          placeholder={text('data.retention.all')}
          value={versions}
          onChange={setVersions}
          min={1}
          max={MOST}
          allowDecimal={false}
        />
        <NumberInput
          label={text('data.retention.days')}
          placeholder={text('data.retention.all')}
          value={days}
          onChange={setDays}
          min={1}
          max={MOST}
          allowDecimal={false}
        />
        <Button type="submit" variant="default" disabled={!isChanged} loading={saving.isPending}>
          {text('action.save')}
        </Button>
      </Group>
      {saving.error && <FailureView failure={failureOf(saving.error)} />}
    </form>
  );
}
