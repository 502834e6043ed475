// How whole cases, parts of cases and other names are told apart: by a sign and in words.
import { Combine, Layers, type LucideIcon, Scissors } from 'lucide-react';
import type { Keeps } from './filter';

interface Look {
  Icon: LucideIcon;
  name: 'filters.whole' | 'filters.events' | 'filters.groups';
}

export const KEEPS: Record<Keeps, Look> = {
  cases: { Icon: Layers, name: 'filters.whole' },
  events: { Icon: Scissors, name: 'filters.events' },
  everything: { Icon: Combine, name: 'filters.groups' },
};
