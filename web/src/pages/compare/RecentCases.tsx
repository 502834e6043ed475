// How many cases of a side began so late that they may still run when the log ends.
import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { answerQuery } from '../../api/filters';
import type { Version } from '../../api/types';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { filtersOfSide, type Sides } from './sides';

interface RecentCasesProps {
  version: Version;
  common: unknown[];
  sides: Sides;
}

/** Sides of two versions end at two times, and are left alone. */
export function RecentCases({ version, common, sides }: RecentCasesProps) {
  const { data } = useQuery(answerQuery(version.id, [], 'summary'));
  const p90_s = data?.case_duration_s?.p90;
  const last = data?.last_event_at;
  if (sides.against !== undefined || !last || !p90_s) return null;
  const from = new Date(Date.parse(last) - p90_s * 1000).toISOString();
  const late = { kind: 'period', mode: 'starts', from, to: null };
  return (
    <ul className={styles.notes}>
      {(['a', 'b'] as const).map((side) => (
        <OfSide
          key={side}
          version={version}
          side={side}
          filters={[...common, ...filtersOfSide(sides, side), late]}
          p90_s={p90_s}
        />
      ))}
    </ul>
  );
}

interface OfSideProps {
  version: Version;
  side: 'a' | 'b';
  filters: unknown[];
  p90_s: number;
}

function OfSide({ version, side, filters, p90_s }: OfSideProps) {
  const text = useText();
  const format = useFormats();
  const { data } = useQuery(answerQuery(version.id, filters, 'summary'));
  if (!data || data.cases === 0) return null;
  const time = format.duration(p90_s);
  return (
    <li>
      <Info size={14} aria-hidden />
      <span>{text(`compare.note.recent.${side}`, { count: data.cases, time })}</span>
    </li>
  );
}
