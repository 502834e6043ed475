// The target of the whole case, beside the distribution of durations.
import { useState } from 'react';
import { TargetDialog, type Usual } from './TargetDialog';
import { TargetFacts } from './TargetFacts';
import styles from './Targets.module.css';
import { CASE } from './targets';

interface CaseTargetProps {
  log: number;
  version: string;
  filters: unknown[];
  /** The activities that end a case; its last event does without any. */
  ends: string[];
  usual: Usual | null | undefined;
  onFilters: (filters: unknown[]) => void;
}

const KINDS = [CASE];

export function CaseTarget({ log, version, filters, ends, usual, onFilters }: CaseTargetProps) {
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
