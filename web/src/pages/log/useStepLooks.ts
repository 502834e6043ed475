// How the steps of a version look on every page: their short names and their colours.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { activityNamesQuery } from '../../api/variants';
import type { StepLooks } from '../../pictures/variants/ChevronStrip';
import { categories } from '../../pictures/variants/colours';
import { shortNames } from '../../pictures/variants/names';

const NONE: string[] = [];

/** The same under every filter. */
export function useStepLooks(version: string): StepLooks {
  const { data = NONE } = useQuery(activityNamesQuery(version));
  return useMemo(() => ({ short: shortNames(data), categories: categories(data) }), [data]);
}
