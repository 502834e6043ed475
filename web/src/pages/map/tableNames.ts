// The names of the columns of the table twin, on the screen and in a file.
import type { MapGraph } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import type { Say } from '../../text/useText';
import { COLUMNS, type Column, isTime } from './table';

/** In a file, with the unit. */
export function columnNames(metric: Metric, graph: MapGraph, text: Say): Record<Column, string> {
  const names = {
    metric: metricColumn(metric, graph, text),
    within: text('map.table.within'),
  } as Record<Column, string>;
  for (const column of COLUMNS) {
    const plain = text(`map.table.${column}`);
    names[column] = isTime(column) ? text('map.table.seconds', { name: plain }) : plain;
  }
  const { kind } = METRICS[metric];
  if (kind === 'time') names.metric = text('map.table.seconds', { name: names.metric });
  const currency = graph.value?.currency;
  if (kind === 'value' && currency) names.metric = `${names.metric} (${currency})`;
  return names;
}

/** The column of the measure that the map shows. */
export function metricColumn(metric: Metric, graph: MapGraph, text: Say): string {
  const name = text(`map.metric.${metric}`);
  const attribute = graph.value?.attribute ?? '';
  const isValue = METRICS[metric].kind === 'value';
  return isValue ? text('map.metric.valued', { metric: name, attribute }) : name;
}
