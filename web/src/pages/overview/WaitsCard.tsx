// Where time goes: the paths on which cases wait longest, all of them together.
import type { UseQueryResult } from '@tanstack/react-query';
import type { MapPath, PathsOfVersion } from '../../api/overview';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { SortedTable } from '../explore/SortedTable';
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
          const nameOf = ({ from, to }: MapPath) => text('map.path.name', { from, to });
          return (
            <SortedTable<MapPath>
              label={title}
              file={title}
              rows={waits}
              rowKey={nameOf}
              columns={[
                {
                  key: 'path',
                  name: text('overview.waits.path'),
                  kind: 'name',
                  value: nameOf,
                  show: (path) => (
                    <PlaceLink to="/map/$log" search={onMap(map, path)}>
                      {nameOf(path)}
                    </PlaceLink>
                  ),
                },
                {
                  key: 'total',
                  name: text('overview.waits.total'),
                  kind: 'number',
                  value: (path) => path.duration_s?.total ?? null,
                  show: (path) => format.durationShort(path.duration_s?.total ?? 0),
                },
                {
                  key: 'median',
                  name: text('overview.waits.median'),
                  kind: 'number',
                  value: (path) => path.duration_s?.median ?? null,
                  show: (path) => format.durationShort(path.duration_s?.median ?? 0),
                },
                {
                  key: 'cases',
                  name: text('overview.cases'),
                  kind: 'count',
                  value: (path) => path.cases,
                  show: (path, written) => (
                    <CasesLink
                      and={[follows(path)]}
                      label={text('explore.casesOf', { count: path.cases, name: nameOf(path) })}
                    >
                      {written}
                    </CasesLink>
                  ),
                },
              ]}
            />
          );
        }}
      </Waiting>
    </Card>
  );
}

/** The cases of a path. */
function follows({ from, to }: MapPath) {
  return { kind: 'follows', from: [from], to: [to], mode: 'directly' };
}
