// Setting and removing a target, each with its way back; what another window has set stays until
// it was seen.
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { failureOf } from '../../api/problem';
import { isFor, type SavedTarget, type Target, targetsOf } from '../../api/targets';
import {
  bringBack,
  contentOf,
  deleteSaved,
  type Saved,
  saveNew,
  saveOver,
  viewsQuery,
} from '../../api/views';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { nameOf } from './targets';

const UNDO_MS = 20_000;

interface Set {
  target: Target;
  /** What is saved, as far as it is known. */
  known: SavedTarget | undefined;
}

export function useTargetEdits(log: number) {
  const text = useText();
  const format = useFormats();
  const queries = useQueryClient();
  const { queryKey } = viewsQuery(log);
  const renew = () => queries.invalidateQueries({ queryKey });
  const tell = (title: string, target: Target, undo: () => Promise<unknown>) => {
    const id = `target-${nameOf(target, text)}`;
    const back = () => {
      notifications.hide(id);
      void undo()
        .catch((error: unknown) => {
          const failure = failureOf(error);
          const message = failure.kind === 'problem' ? failure.problem.detail : undefined;
          notifications.show({ color: 'red', message: message ?? text('targets.undo.failed') });
        })
        .finally(renew);
    };
    notifications.hide(id);
    notifications.show({
      id,
      title,
      message: (
        <Group gap="xs">
          {nameOf(target, text)}
          <Button size="compact-sm" variant="default" onClick={back}>
            {text('targets.undo')}
          </Button>
        </Group>
      ),
      autoClose: UNDO_MS,
    });
  };
  const setting = useMutation({
    mutationFn: ({ target, known }: Set) => {
      const content = { kind: 'target', target } as const;
      return known ? saveOver(log, known, content) : saveNew(log, undefined, content);
    },
    onSuccess: async (saved, { target, known }) => {
      queries.setQueryData(queryKey, (all: Saved[] = []) => [
        ...all.filter((one) => one.id !== saved.id),
        saved,
      ]);
      await renew();
      const title = text('targets.done', { time: format.duration(target.at_most_s) });
      tell(title, target, () =>
        known ? saveOver(log, saved, contentOf(known)) : deleteSaved(log, saved),
      );
    },
    onError: renew,
  });
  const removing = useMutation({
    mutationFn: (saved: SavedTarget) => deleteSaved(log, saved),
    onSuccess: async (_, saved) => {
      queries.setQueryData(queryKey, (all: Saved[] = []) =>
        all.filter((one) => one.id !== saved.id),
      );
      await renew();
      tell(text('targets.removed'), saved.target, () => bringBack(log, saved));
    },
    onError: renew,
  });
  return {
    setting,
    removing,
    /** What is saved now, as the server has just said. */
    latest: async (target: Target): Promise<SavedTarget | undefined> => {
      const saved = await queries.fetchQuery({ ...viewsQuery(log), staleTime: 0 });
      const { at_most_s: _, ...of } = target;
      return targetsOf(saved).find((one) => isFor(one.target, of));
    },
  };
}

const CONFLICTS = ['view_changed', 'view_exists', 'view_not_found'];

/** Whether another window was faster. */
export function isConflict(error: unknown): boolean {
  const failure = failureOf(error);
  return failure.kind === 'problem' && CONFLICTS.includes(failure.problem.code);
}
