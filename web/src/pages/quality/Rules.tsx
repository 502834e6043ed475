// The rules of data quality: those that are broken, the worst first, then those that are kept and
// those that could not be looked at.
import type { Findings, RuleOutcome, Severity } from '../../api/quality';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';
import { FindingCard } from './FindingCard';
import styles from './Quality.module.css';

const SEVERITIES: Severity[] = ['blocks', 'rejects', 'warning', 'notice'];

interface RulesProps {
  /** None before the import: then there are no cases to go to. */
  which?: { log: number; version: number } | undefined;
  found: Findings;
}

export function Rules({ which, found }: RulesProps) {
  const text = useText();
  const { findings, rules, is_of_process: isOfProcess } = found;
  const of = (state: RuleOutcome['state']) => rules.filter((rule) => rule.state === state);
  const [broken, kept, unchecked] = [of('broken'), of('kept'), of('not_checked')];
  const counts = { broken: broken.length, kept: kept.length, unchecked: unchecked.length };
  return (
    <>
      <p className={styles.summary}>
        {text('quality.summary', counts)}
        {!isOfProcess && ` ${text('quality.otherProcess')}`}
      </p>
      {SEVERITIES.map((severity) => {
        const here = findings.filter((finding) => finding.severity === severity);
        if (here.length === 0) return null;
        return (
          <section key={severity} className={styles.group} aria-labelledby={`of-${severity}`}>
            <h2 id={`of-${severity}`} className={styles.heading}>
              {text(`quality.severity.${severity}`)}
              <span className={styles.count}>{here.length}</span>
              <span className={styles.muted}>{text(`quality.severity.${severity}.about`)}</span>
            </h2>
            {here.map((finding) => (
              <FindingCard
                key={`${finding.rule} ${finding.check} ${finding.about.join(' ')}`}
                {...{ which, finding }}
              />
            ))}
          </section>
        );
      })}
      <details className={panel.panel}>
        <summary className={styles.opens}>{text('quality.unchecked', counts)}</summary>
        <ul className={styles.rules}>
          {unchecked.map((rule) => (
            <li key={rule.rule}>
              <RuleName rule={rule} />
              <span className={styles.muted}>{missingOf(rule, text)}</span>
            </li>
          ))}
        </ul>
      </details>
      <details className={panel.panel}>
        <summary className={styles.opens}>{text('quality.kept', counts)}</summary>
        <ul className={styles.rules}>
          {kept.map((rule) => (
            <li key={rule.rule}>
              <RuleName rule={rule} />
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function RuleName({ rule }: { rule: RuleOutcome }) {
  return (
    <span title={rule.meaning}>
      <span className={styles.id}>{rule.rule}</span> {rule.name}
    </span>
  );
}

/** What is missing, in the words of the user: of each list one is enough. */
function missingOf({ missing = [] }: RuleOutcome, text: ReturnType<typeof useText>): string {
  if (missing.length === 0) return text('quality.missing.report');
  const lists = missing.map((list) => {
    const names = [...new Set(list.map((one) => one.name))].join(' / ');
    return text(`quality.missing.${list[0]?.kind ?? 'attribute'}`, { names });
  });
  return text('quality.missing', { what: lists.join(' · ') });
}
