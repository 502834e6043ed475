// From which stage to which cases come back.
import type { FunnelOfVersion, StageReturn } from '../../api/funnel';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { SortedTable } from '../explore/SortedTable';
import styles from './Funnel.module.css';
import { atPlace, type Funnel, returnsAnywhere } from './places';

export function ReturnsCard({ answer, funnel }: { answer: FunnelOfVersion; funnel: Funnel }) {
  const text = useText();
  const rich = useRichText();
  const format = useFormats();
  const { returns, returned_cases, cases } = answer.funnel;
  const title = text('funnel.returns');
  if (returns.length === 0) {
    return (
      <Card title={title}>
        <p className={styles.hint}>{text('funnel.returns.none')}</p>
      </Card>
    );
  }
  const targets = new Set(returns.map((one) => one.to));
  const share = format.percent(cases === 0 ? 0 : returned_cases / cases);
  return (
    <Card
      title={title}
      coverage={rich('funnel.returns.of', {
        returned: returned_cases,
        share,
        link: (parts) => (
          <CasesLink key="cases" and={[returnsAnywhere(funnel, [...targets])]}>
            {parts}
          </CasesLink>
        ),
      })}
    >
      <SortedTable<StageReturn>
        label={title}
        file={title}
        rows={returns}
        rowKey={({ from, to }) => `${from}\u0001${to}`}
        columns={[
          {
            key: 'from',
            name: text('funnel.returns.from'),
            kind: 'name',
            value: (row) => row.from,
          },
          { key: 'to', name: text('funnel.returns.to'), kind: 'name', value: (row) => row.to },
          {
            key: 'cases',
            name: text('funnel.cases'),
            kind: 'count',
            value: (row) => row.cases,
            show: ({ from, to, cases: count }, written) => (
              <CasesLink
                and={[atPlace(funnel, 'returned', to, { from })]}
                label={text('explore.casesOf', { count, name: `${from} → ${to}` })}
              >
                {written}
              </CasesLink>
            ),
          },
          {
            key: 'returns',
            name: text('funnel.returns.times'),
            kind: 'count',
            value: (row) => row.returns,
          },
        ]}
      />
    </Card>
  );
}
