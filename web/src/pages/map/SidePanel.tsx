// Beside the picture: how much is shown, what is selected or marked, and the figures of the log.
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import type { MapScope } from '../../api/drawer';
import type { MapActivity } from '../../api/map';
import type { Log, Version } from '../../api/types';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { withWaits } from '../../pictures/process-map/metrics';
import { useText } from '../../text/useText';
import { absenceOf } from './absence';
import { Detail } from './Detail';
import { KeyFigures } from './KeyFigures';
import { LongestWaits } from './LongestWaits';
import { Marked } from './Marked';
import panel from './Panel.module.css';
import { SecondFigure } from './SecondFigure';
import type { MapSearch } from './search';
import type { Colours } from './useColours';
import type { FiguresOf } from './useFigures';
import type { MapData } from './useMapData';
import type { MapEdits } from './useMapEdits';
import type { useSearchChange } from './useSearchChange';
import type { Sliders } from './useSliders';

/** The panel stands below the picture, or beside one that is low: what is selected comes first. */
const NARROW = '(max-width: 47.99em)';

const Selection = lazy(async () => ({ default: (await import('./Selection')).Selection }));

interface SidePanelProps {
  log: Log;
  version: Version;
  search: MapSearch;
  data: MapData;
  scope: MapScope;
  graph: MapGraph | undefined;
  sliders: Sliders;
  colours: Colours;
  figures: FiguresOf;
  edits: MapEdits;
  selected: MapItem | null;
  hasValues: boolean;
  /** An attribute of the address that the log does not have. */
  unknown: string | undefined;
  /** Whether nothing new is on its way. */
  isSettled: boolean;
  step: ReturnType<typeof useSearchChange>;
  onSelect: (item: MapItem | null) => void;
  onMenu: (item: MapItem, x: number, y: number) => void;
}

export function SidePanel(props: SidePanelProps) {
  const { search, data, graph, edits, selected, onSelect } = props;
  const text = useText();
  const isAnything = graph !== undefined && graph.activities.length > 0;
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const isFirst = isNarrow && selected !== null;
  const controls = isAnything && <Controls {...props} />;
  return (
    <aside className={`${panel.panel} not-printed`} aria-label={text('map.detail')}>
      {edits.marked.length > 0 && (
        <Marked
          marked={edits.marked}
          onGroup={() => edits.onName(edits.marked)}
          onHide={() => edits.onHide(edits.marked)}
          onClear={edits.onClear}
        />
      )}
      {props.unknown !== undefined && (
        <p className={panel.warning} data-alone="true" role="status">
          {text('map.metric.unknown', { attribute: props.unknown })}
        </p>
      )}
      {!isFirst && controls}
      {/* All at once: nothing is pushed down by what comes later. */}
      <Suspense>
        {graph && selected && <Selected {...props} graph={graph} selected={selected} />}
        {isFirst && controls}
        {graph && (
          <KeyFigures scope={props.scope} size={data.shown?.size} isWanted={props.isSettled} />
        )}
        {isAnything && !selected && (
          <LongestWaits
            graph={search.times === 'wait' ? withWaits(graph) : graph}
            colourOf={props.colours.waits}
            onSelect={onSelect}
          />
        )}
      </Suspense>
    </aside>
  );
}

function Controls({ search, data, sliders, step, hasValues }: SidePanelProps) {
  const left = (data.whole?.map.left_out ?? []).filter((one) => one.auxiliary);
  return (
    <Detail
      {...sliders}
      rare={search.rare ?? false}
      direction={search.direction ?? 'TB'}
      auxiliaryCount={left.length}
      auxiliaryEvents={left.reduce((sum, { events }) => sum + events, 0)}
      auxiliary={search.auxiliary ?? false}
      isAuto={search.activities === undefined && search.paths === undefined}
      onActivities={(value) => step({ activities: value }, 'activities')}
      onPathsMove={sliders.movePaths}
      onPaths={(value) => step({ paths: value }, 'paths')}
      onAuto={() => step({ activities: undefined, paths: undefined })}
      onTable={() => step({ table: true })}
      onRare={(on) => step({ rare: on || undefined })}
      onDirection={(next) => step({ direction: next === 'LR' ? 'LR' : undefined })}
      onAuxiliary={(on) => step({ auxiliary: on || undefined })}
      foot={
        <SecondFigure
          metric={search.metric ?? 'cases'}
          second={search.second}
          hasValues={hasValues}
          onChange={(second) => step({ second })}
        />
      }
    />
  );
}

interface SelectedProps extends SidePanelProps {
  graph: MapGraph;
  selected: MapItem;
}

function Selected(props: SelectedProps) {
  const { log, version, search, data, scope, graph, sliders, selected, step, edits } = props;
  const all: MapActivity[] = data.whole?.map.activities ?? [];
  return (
    <Selection
      {...{ log, version, search, data, scope, graph }}
      item={selected}
      figures={props.figures(selected, search.times === 'wait' ? withWaits(graph) : graph)}
      absence={props.isSettled ? absenceOf(selected, graph, all) : null}
      onShow={(from) => step({ activities: from })}
      onMenu={props.onMenu}
      isAdded={sliders.arrows.some((arrow) => arrow.isAdded)}
      onSelect={props.onSelect}
      onFilter={edits.onFilter}
    />
  );
}
