// The target of the whole case, beside the distribution of durations.
import { useEffect, useState } from 'react';
import { TargetDialog, type Usual } from './TargetDialog';
import { TargetFacts } from './TargetFacts';
import styles from './Targets.module.css';
import { CASE, targetFor } from './targets';
import { useTargets } from './useTargets';

interface CaseTargetProps {
  log: number;
  version: string;
  filters: unknown[];
  /** The activities that end a case; its last event does without any. */
  ends: string[];
  usual: Usual | null | undefined;
  onFilters: (filters: unknown[]) => void;
  /** Told the target in seconds, for the picture. */
  onTime: (at_most_s: number | undefined) => void;
}

const KINDS = [CASE];

export function CaseTarget(props: CaseTargetProps) {
  const { log, version, filters, ends, usual, onFilters, onTime } = props;
  const time = targetFor(useTargets(log).targets, CASE)?.target.at_most_s;
  useEffect(() => onTime(time), [time, onTime]);
  const [isOpen, setIsOpen] = useState(false);
  const scope = { version, filters, activities: null, auxiliary: false };
  return (
    <div className={styles.case}>
      <TargetFacts
        {...{ log, scope, ends }}
        kinds={KINDS}
        onFilter={(own) => onFilters([...filters, own])}
        onSet={() => setIsOpen(true)}
      />
      {isOpen && (
        <TargetDialog
          log={log}
          kinds={KINDS}
          usual={() => usual}
          onClose={() => setIsOpen(false)}
        />
      )}
    </div>
  );
}
