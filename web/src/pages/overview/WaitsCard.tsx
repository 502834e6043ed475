// Where time goes: the paths on which cases wait longest, all of them together.
import type { UseQueryResult } from '@tanstack/react-query';
import type { PathsOfVersion } from '../../api/overview';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import styles from './Overview.module.css';
import { PlaceLink } from './PlaceLink';
import { Waiting } from './Waiting';
import { longestWaits, onMap } from './waits';

export function WaitsCard({ query }: { query: UseQueryResult<PathsOfVersion> }) {
  const text = useText();
  const format = useFormats();
  const title = text('overview.waits');
  return (
    <Card title={title} coverage={text('overview.waits.hint')}>
      <Waiting query={query} part={(answer) => answer.map}>
        {(map) => {
          const waits = longestWaits(map);
          if (waits.length === 0) {
            return <p className={styles.hint}>{text('overview.waits.none')}</p>;
          }
          const total = format.durationsAlike(waits.map((one) => one.duration_s?.total ?? 0));
          return (
            <table className={styles.table} aria-label={title}>
              <thead>
                <tr>
                  <th scope="col">{text('overview.waits.path')}</th>
                  <th scope="col">{text('overview.waits.total')}</th>
                  <th scope="col">{text('overview.waits.median')}</th>
                  <th scope="col">{text('overview.cases')}</th>
                </tr>
              </thead>
              <tbody>
                {waits.map((path) => {
                  const name = text('map.path.name', { from: path.from, to: path.to });
                  const follows = { from: [path.from], to: [path.to], mode: 'directly' };
                  return (
                    <tr key={`${path.from}\u0001${path.to}`}>
                      <th scope="row">
                        <PlaceLink to="/map/$log" search={onMap(map, path)}>
                          {name}
                        </PlaceLink>
                      </th>
                      <td>{total(path.duration_s?.total ?? 0)}</td>
                      <td>{format.durationShort(path.duration_s?.median ?? 0)}</td>
                      <td>
                        <CasesLink
                          and={[{ kind: 'follows', ...follows }]}
                          label={text('explore.casesOf', { count: path.cases, name })}
                        >
                          {format.number(path.cases, 0)}
                        </CasesLink>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          );
        }}
      </Waiting>
    </Card>
  );
}
