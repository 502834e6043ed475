// Deletes a log with all its versions, after its name was typed.
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteLog, logsQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Log } from '../../api/types';
import { remember, settings } from '../../settings';
import { Dialog } from '../../shell/Dialog';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';

export function DeleteLog({ log, onClose }: { log: Log; onClose: () => void }) {
  const text = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const isSure = typed.trim().normalize('NFC') === log.name.normalize('NFC');
  const deleting = useMutation({
    mutationFn: () => deleteLog(log.id),
    onSuccess: async () => {
      if (settings().lastLog === log.id) remember({ lastLog: null });
      onClose();
      await navigate({ to: '/data' });
      await queries.invalidateQueries(logsQuery);
    },
  });
  return (
    <Dialog onClose={onClose} title={text('data.delete.title', { name: log.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure) deleting.mutate();
        }}
      >
        <Text size="sm" mb="sm">
          {text('data.delete.detail', { count: log.version_count })}
        </Text>
        <TextInput
          data-autofocus
          label={text('data.delete.type', { name: log.name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {deleting.error && <FailureView failure={failureOf(deleting.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" color="red" loading={deleting.isPending} disabled={!isSure}>
            {text('data.delete')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
