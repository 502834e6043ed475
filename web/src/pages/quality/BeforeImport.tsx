// What the rules of data quality and the figures say of a file that is not imported yet.
import type { Coverage, Findings } from '../../api/quality';
import panel from '../../style/panel.module.css';
import { useText } from '../../text/useText';
import { Figures } from './Figures';
import styles from './Quality.module.css';
import { Rules } from './Rules';

interface BeforeImportProps {
  quality: Findings | null | undefined;
  coverage: Coverage | null | undefined;
}

export function BeforeImport({ quality, coverage }: BeforeImportProps) {
  const text = useText();
  return (
    <>
      {quality && (
        <details className={panel.panel}>
          <summary className={styles.part}>
            {text('quality.title')}
            <span className={styles.count}>
              {text('quality.found', {
                count: quality.rules.filter((rule) => rule.state === 'broken').length,
              })}
            </span>
          </summary>
          <div className={styles.inside}>
            <Rules found={quality} />
          </div>
        </details>
      )}
      {coverage && (
        <details className={panel.panel}>
          <summary className={styles.part}>
            {text('quality.tab.figures')}
            <span className={styles.count}>
              {text('quality.nOfN', {
                used: coverage.figures.filter((figure) => figure.computable !== 'no').length,
                eligible: coverage.figures.length,
              })}
            </span>
          </summary>
          <div className={styles.inside}>
            <Figures found={coverage} />
          </div>
        </details>
      )}
    </>
  );
}
