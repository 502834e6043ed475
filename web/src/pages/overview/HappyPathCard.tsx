// The way that most cases take, as a strip of arrows.
import type { UseQueryResult } from '@tanstack/react-query';
import type { PathsOfVersion } from '../../api/overview';
import type { Version } from '../../api/types';
import { useFormats } from '../../format';
import { WholePath } from '../../pictures/variants/ChevronStrip';
import { runsOf } from '../../pictures/variants/runs';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { useStepLooks } from '../log/useStepLooks';
import styles from './Overview.module.css';
import { PlaceLink } from './PlaceLink';
import { Waiting } from './Waiting';

interface HappyPathCardProps {
  version: Version;
  query: UseQueryResult<PathsOfVersion>;
}

export function HappyPathCard({ version, query }: HappyPathCardProps) {
  const text = useText();
  const rich = useRichText();
  const format = useFormats();
  const looks = useStepLooks(version.id);
  const title = text('overview.happy');
  return (
    <Card
      title={title}
      actions={<PlaceLink to="/variants/$log">{text('overview.happy.all')}</PlaceLink>}
    >
      <Waiting query={query} part={(answer) => answer.variants}>
        {({ variants, total }) => {
          const [first] = variants;
          if (!first?.activities || first.activities.length === 0) {
            return <p className={styles.hint}>{text('overview.happy.none')}</p>;
          }
          const median = first.duration_s?.median;
          return (
            <>
              <p className={styles.said}>
                {rich(total === 1 ? 'overview.happy.only' : 'overview.happy.share', {
                  cases: first.cases,
                  share: format.percent(first.share ?? 0),
                  variants: total,
                  link: (parts) => (
                    <CasesLink key="cases" and={[{ kind: 'variant', ids: [first.variant] }]}>
                      {parts}
                    </CasesLink>
                  ),
                })}{' '}
                {median !== undefined &&
                  median > 0 &&
                  text('overview.happy.median', {
                    cases: first.cases,
                    median: format.duration(median),
                  })}
              </p>
              <WholePath runs={runsOf(first.activities)} looks={looks} name={title} />
            </>
          );
        }}
      </Waiting>
    </Card>
  );
}
