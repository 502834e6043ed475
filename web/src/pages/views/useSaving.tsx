// Saving and its ways back: what was saved over can be undone, and what somebody else has saved
// meanwhile is kept.
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type Content,
  contentOf,
  isChangedMeanwhile,
  type Saved,
  saveNew,
  saveOver,
  viewsQuery,
} from '../../api/views';
import { useText } from '../../text/useText';
import { shortened } from './viewName';

interface Save {
  content: Content;
  /** A new name. */
  name?: string;
  /** What is saved over, as far as it is known. */
  over?: Saved;
}

const UNDO_MS = 20_000;

/** What this window has saved itself: it is not told that somebody else did. */
const own = new Set<string>();

export function isOwnSave({ id, updated_at }: Saved): boolean {
  return own.has(`${id} ${updated_at}`);
}

function noteOwn(saved: Saved): Saved {
  own.add(`${saved.id} ${saved.updated_at}`);
  return saved;
}

export function useSaving(log: number, onSaved?: (saved: Saved) => void) {
  const text = useText();
  const queries = useQueryClient();
  const renew = () => queries.invalidateQueries({ queryKey: viewsQuery(log).queryKey });
  const tell = (saved: Saved, before: Saved | undefined) => {
    const id = `view-${saved.id}`;
    const undo = async () => {
      notifications.hide(id);
      if (before) await saveOver(log, saved, contentOf(before)).then(noteOwn).finally(renew);
    };
    notifications.show({
      id,
      title: text('views.saved', { name: shortened(saved.name) }),
      message: before && (
        <Group gap="xs">
          {text('views.saved.over')}
          <Button size="compact-sm" variant="default" onClick={undo}>
            {text('views.undo')}
          </Button>
        </Group>
      ),
      autoClose: before ? UNDO_MS : 5_000,
    });
  };
  const saving = useMutation({
    mutationFn: ({ content, name, over }: Save) =>
      over ? saveOver(log, over, content) : saveNew(log, name?.trim() ?? '', content),
    onSuccess: async (saved, { over }) => {
      noteOwn(saved);
      queries.setQueryData(viewsQuery(log).queryKey, (known: Saved[] = []) =>
        over ? known.map((one) => (one.id === saved.id ? saved : one)) : [...known, saved],
      );
      await renew();
      tell(saved, over);
      onSaved?.(saved);
    },
    onError: renew,
  });
  return { ...saving, isConflict: isChangedMeanwhile(saving.error) };
}
