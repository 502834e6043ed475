// A target and how it is kept: the share within, of how many, and the cases over it.
import { Button } from '@mantine/core';
import { ListFilter, Pencil, Target as TargetSign } from 'lucide-react';
import type { MapScope } from '../../api/drawer';
import { failureOf } from '../../api/problem';
import type { Target, TargetFigures } from '../../api/targets';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { useText } from '../../text/useText';
import { CasesLink } from '../explore/CasesLink';
import styles from './Targets.module.css';
import { nameOf, overFilters, type TargetOf, targetFor } from './targets';
import { useTargetFigures } from './useTargets';

interface TargetFactsProps {
  log: number;
  kinds: TargetOf[];
  scope: MapScope;
  /** The activities that end a case, for a target of cases. */
  ends?: string[];
  /** Whether what it is for stands above already. */
  isNamed?: boolean;
  onFilter: (filter: Record<string, unknown>) => void;
  onSet: () => void;
}

export function TargetFacts(props: TargetFactsProps) {
  const { log, kinds, scope, ends, onSet } = props;
  const text = useText();
  const { targets, figures, query, saved } = useTargetFigures(log, scope, ends);
  const own = kinds.flatMap((of) => targetFor(targets, of) ?? []);
  const error = saved.error ?? (own.length > 0 ? query.error : null);
  if (error) {
    const retry = () => void (saved.error ? saved.refetch() : query.refetch());
    return <FailureView failure={failureOf(error)} onRetry={retry} />;
  }
  return (
    <>
      {own.map(({ id, target }) => (
        <div key={id} className={styles.target} aria-busy={query.isFetching}>
          <Facts
            {...props}
            {...{ target }}
            figures={figures.find((one) => sameTarget(one, target))}
          />
        </div>
      ))}
      <div className={styles.buttons}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={
            own.length > 0 ? <Pencil size={13} aria-hidden /> : <TargetSign size={13} aria-hidden />
          }
          onClick={onSet}
        >
          {text(own.length > 0 ? 'targets.change' : 'targets.set')}
        </Button>
      </div>
    </>
  );
}

function sameTarget(figures: TargetFigures, target: TargetFigures['target']): boolean {
  return JSON.stringify(figures.target) === JSON.stringify(target);
}

type FactsProps = TargetFactsProps & { target: Target; figures: TargetFigures | undefined };

/** The target, and how it is kept once that is known. */
function Facts({ target, figures, ...props }: FactsProps) {
  const text = useText();
  const format = useFormats();
  const share = figures?.share;
  return (
    <>
      <div className={styles.head}>
        <span>
          {!props.isNamed && <>{nameOf(target, text)} </>}
          <b>{text('targets.upTo', { time: format.duration(target.at_most_s) })}</b>
        </span>
        {share !== null && share !== undefined && <b>{format.percent(share)}</b>}
      </div>
      {(!figures || (share !== null && share !== undefined)) && (
        <div className={styles.track} aria-hidden>
          <i style={{ width: `${(share ?? 0) * 100}%` }} />
        </div>
      )}
      {figures ? <Counts {...props} figures={figures} /> : <p className={styles.facts}>&nbsp;</p>}
    </>
  );
}

type CountsProps = Pick<TargetFactsProps, 'scope' | 'ends' | 'onFilter'> & {
  figures: TargetFigures;
};

function Counts({ figures, scope, ends, onFilter }: CountsProps) {
  const text = useText();
  const { target, passages, measured, within, cases_over: over } = figures;
  const isCase = target.of === 'case';
  const filters = overFilters(target, scope, ends);
  const rest = passages - measured;
  return (
    <>
      <p className={styles.facts}>
        {measured === 0
          ? text('targets.none')
          : text(isCase ? 'targets.within.cases' : 'targets.within', { within, measured })}
      </p>
      {measured > 0 && rest > 0 && (
        <p className={styles.hint}>
          {text(isCase ? 'targets.unmeasured.cases' : 'targets.unmeasured', { count: rest })}
        </p>
      )}
      {over > 0 && <Over count={over} filters={filters} onFilter={onFilter} />}
    </>
  );
}

interface OverProps {
  count: number;
  filters: Record<string, unknown>[];
  onFilter: (filter: Record<string, unknown>) => void;
}

/** Where activities are hidden these cases need two filters, which would change the map. */
function Over({ count, filters, onFilter }: OverProps) {
  const text = useText();
  const [only, ...more] = filters;
  const words = text('targets.over', { count });
  if (!only || more.length > 0) {
    return (
      <div className={styles.buttons}>
        <CasesLink and={filters} className={styles.link}>
          {words}
        </CasesLink>
      </div>
    );
  }
  return (
    <div className={styles.buttons}>
      <Button
        size="compact-xs"
        leftSection={<ListFilter size={13} aria-hidden />}
        onClick={() => onFilter(only)}
      >
        {words}
      </Button>
      <CasesLink and={filters} label={text('targets.over.show', { count })} className={styles.link}>
        {text('targets.show')}
      </CasesLink>
    </div>
  );
}
