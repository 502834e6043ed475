// Which columns of dates are there, taken or left out meanwhile, each at its place?
import { useState } from 'react';
import type { CheckedColumn, DateColumn, ImportSettings } from '../../../api/types';
import { withLeftOut } from './dates';
import { datesOf } from './roles';

export function useKnownDates(settings: ImportSettings, columns: CheckedColumn[]): DateColumn[] {
  const [known, setKnown] = useState<DateColumn[]>([]);
  const isThere = ({ column }: DateColumn) => columns.some(({ name }) => name === column);
  const now = withLeftOut(datesOf(settings, columns), known).filter(isThere);
  if (JSON.stringify(now) !== JSON.stringify(known)) setKnown(now);
  return now;
}
