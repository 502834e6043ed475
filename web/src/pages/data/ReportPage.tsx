// How one version was read: what was taken, what was refused and why.
import { Anchor, Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, Download, Map as MapIcon } from 'lucide-react';
import { logQuery, reportQuery, versionQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import { recipeAddress } from '../../api/recipes';
import { useFormats } from '../../format';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { Page } from '../../shell/Page';
import panel from '../../style/panel.module.css';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { Automatic } from './report/Automatic';
import { FigureRow } from './report/FigureRow';
import { Readings } from './report/Readings';
import { RefusedRows } from './report/RefusedRows';
import { SingleEventCases } from './report/SingleEventCases';

const route = getRouteApi('/data/$log/versions/$version');

export function ReportPage() {
  const text = useText();
  const format = useFormats();
  const params = route.useParams();
  const [id, number] = [Number(params.log), Number(params.version)];
  const log = useQuery(logQuery(id));
  const version = useQuery(versionQuery(id, number));
  const report = useQuery(reportQuery(id, number));
  const failed = [log, version, report].find((query) => query.isError && !query.data);
  const v = version.data;
  return (
    <Page
      title={text('report.title', { number: params.version })}
      subtitle={
        v && text('report.subtitle', { at: format.dateTime(v.created_at), source: v.source })
      }
      back={
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/data/$log" params={{ log: params.log }} {...props} />}
        >
          <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
          {log.data?.name ?? text('data.log')}
        </Anchor>
      }
      actions={
        <>
          {v && v.action !== 'demo' && (
            <Button
              component="a"
              href={recipeAddress(id, number)}
              download
              variant="default"
              leftSection={<Download size={16} aria-hidden />}
            >
              {text('recipe.download')}
            </Button>
          )}
          <Button
            leftSection={<MapIcon size={16} aria-hidden />}
            renderRoot={(props) => (
              <Link
                to="/map/$log"
                params={{ log: params.log }}
                search={{ version: number }}
                {...props}
              />
            )}
          >
            {text('data.openMap')}
          </Button>
        </>
      }
    >
      {failed && <FailureView failure={failureOf(failed.error)} onRetry={() => failed.refetch()} />}
      {!failed && !(v && report.data) && (
        <Late>
          <Skeleton height={240} radius="md" />
        </Late>
      )}
      {v && report.data && (
        <>
          <FigureRow
            figures={[
              { name: text('data.cases'), value: format.number(v.cases) },
              { name: text('data.events'), value: format.number(v.events) },
              {
                name: text('report.rowsRead'),
                value: format.number(report.data.rows_read),
              },
              {
                name: text('report.rowsRefused'),
                value: format.number(report.data.rows_refused),
                isBad: report.data.rows_refused > 0,
              },
              { name: text('data.bytes'), value: format.bytes(v.bytes) },
            ]}
          />
          <SingleEventCases single={report.data.single_event_cases} />
          <RefusedRows problems={report.data.problems} fileName={v.source} />
          <Automatic automatic={report.data.automatic ?? []} />
          <Readings readings={report.data.readings} notes={report.data.notes} />
          {report.data.roles.length > 0 && (
            <section className={`${panel.panel} ${table.frame}`}>
              <h2 className={panel.heading}>{text('report.roles')}</h2>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">{text('import.column')}</th>
                    <th scope="col">{text('import.role')}</th>
                    <th scope="col">{text('import.reason')}</th>
                  </tr>
                </thead>
                <tbody>
                  {report.data.roles.map(({ column, role, reason }) => (
                    <tr key={column}>
                      <th scope="row">{column}</th>
                      <td>{text(`role.${role}`)}</td>
                      <td>{reason}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </>
      )}
    </Page>
  );
}
