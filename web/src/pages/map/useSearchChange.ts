// Changing what the address says: every deliberate act is one step of the browser's history.
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { MapSearch } from './search';

const route = getRouteApi('/map/$log');

/** Keys of one control that follow each other so soon are one act, such as a key that is held. */
const SAME_ACT_MS = 1_000;

/** What can be repeated by a key. */
type Act = 'activities' | 'paths' | 'moved';

export function useSearchChange() {
  const navigate = route.useNavigate();
  const router = useRouter();
  const last = useRef<{ act: Act; at: number } | null>(null);
  useEffect(() => {
    const forget = () => {
      last.current = null;
    };
    window.addEventListener('popstate', forget);
    return () => window.removeEventListener('popstate', forget);
  }, []);
  return useMemo(
    () => (changed: Partial<MapSearch>, act?: Act) => {
      const before = router.state.location.search as Partial<MapSearch>;
      const isSame = (name: string) =>
        before[name as keyof MapSearch] === changed[name as keyof MapSearch];
      if (Object.keys(changed).every(isSame)) return;
      const at = performance.now();
      const isRepeated =
        act !== undefined && last.current?.act === act && at - last.current.at < SAME_ACT_MS;
      last.current = act === undefined ? null : { act, at };
      void navigate({ search: (now) => ({ ...now, ...changed }), replace: isRepeated });
    },
    [navigate, router],
  );
}
