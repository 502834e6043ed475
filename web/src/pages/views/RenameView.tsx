// Gives something that is saved another name.
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '../../api/problem';
import { renameSaved, type Saved, viewsQuery } from '../../api/views';
import { Dialog } from '../../shell/Dialog';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import styles from './Views.module.css';
import { NAME_MAX, savedAs } from './viewName';

interface RenameViewProps {
  log: number;
  saved: Saved;
  onClose: () => void;
}

export function RenameView({ log, saved, onClose }: RenameViewProps) {
  const text = useText();
  const queries = useQueryClient();
  const { data: known = [] } = useQuery(viewsQuery(log));
  const [name, setName] = useState(saved.name);
  const taken = savedAs(known, saved.kind, name);
  const fault = taken && taken.id !== saved.id ? text('views.name.exists') : undefined;
  const isGood = name.trim() !== '' && fault === undefined;
  const renaming = useMutation({
    mutationFn: () => renameSaved(log, saved.id, name.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery(log).queryKey });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={text('views.rename.title', { name: saved.name })}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isGood) renaming.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={text('views.name')}
          maxLength={NAME_MAX}
          value={name}
          error={fault}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {renaming.error && <FailureView failure={failureOf(renaming.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" loading={renaming.isPending} disabled={!isGood}>
            {text('action.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
