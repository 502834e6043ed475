// What the address says about the replay, and how it is changed: modes are steps of the history, the
// time is not.
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { type ReplaySearch, readReplay, said } from './search';

const route = getRouteApi('/map/$log');

export type ChangeReplay = (change: Partial<ReplaySearch>, how?: { isStep: boolean }) => void;

export function useReplaySearch() {
  const { replay: raw } = route.useSearch();
  const navigate = route.useNavigate();
  const words = JSON.stringify(raw ?? {});
  const read = useMemo(() => readReplay(JSON.parse(words)), [words]);
  const latest = useRef(read.replay);
  latest.current = read.replay;
  const change: ChangeReplay = useCallback(
    (changed, { isStep } = { isStep: true }) => {
      const next = said({ ...latest.current, play: undefined, ...changed });
      if (JSON.stringify(next) === JSON.stringify(latest.current)) return;
      latest.current = next;
      void navigate({
        // A replay that was closed in the meantime stays so.
        search: (now) => (now.replay === undefined ? now : { ...now, replay: { ...next } }),
        replace: !isStep,
      });
    },
    [navigate],
  );
  const close = useCallback(
    () => void navigate({ search: (now) => ({ ...now, replay: undefined }) }),
    [navigate],
  );
  return { ...read, change, close };
}
