// Gives a log another name.
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { logsQuery, renameLog } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Log } from '../../api/types';
import { Dialog } from '../../shell/Dialog';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import { nameFault } from './logName';

interface RenameLogProps {
  log: Log;
  otherNames: string[];
  onClose: () => void;
}

export function RenameLog({ log, otherNames, onClose }: RenameLogProps) {
  const text = useText();
  const queries = useQueryClient();
  const [name, setName] = useState(log.name);
  const fault = nameFault(name, otherNames);
  const renaming = useMutation({
    mutationFn: () => renameLog(log.id, name.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries(logsQuery);
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={text('data.rename.title', { name: log.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!fault) renaming.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={text('data.name')}
          value={name}
          error={fault && text(fault)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {renaming.error && <FailureView failure={failureOf(renaming.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" loading={renaming.isPending} disabled={fault !== undefined}>
            {text('action.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
