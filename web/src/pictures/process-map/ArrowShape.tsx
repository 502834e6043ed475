// One arrow of the map: a path, or the dotted arrow of a start or an end.
import { memo } from 'react';
import { stroke } from './curves';
import type { Route } from './layout';
import type { ArrowLook } from './looks';
import styles from './ProcessMap.module.css';
import type { Tone } from './tone';

const HIT_WIDTH_MIN = 14;
const ADDED_DASHES = '9 5';

interface ArrowShapeProps {
  id: string;
  route: Route;
  look: ArrowLook;
  isDotted: boolean;
  /** Not one of those that the sliders show. */
  isAdded: boolean;
  tone: Tone;
}

export const ArrowShape = memo(function ArrowShape(props: ArrowShapeProps) {
  const { id, route, look, isDotted, isAdded, tone } = props;
  const { line, head } = stroke(route, look.width);
  return (
    <g className={styles.arrow} data-arrow={id} data-tone={tone}>
      <path
        d={line}
        fill="none"
        stroke={look.colour}
        strokeWidth={look.width}
        strokeLinejoin="round"
        {...(isDotted ? { strokeDasharray: `0.1 ${(look.width * 2 + 1.4).toFixed(1)}` } : {})}
        {...(isAdded ? { strokeDasharray: ADDED_DASHES } : {})}
        {...(isDotted ? { strokeLinecap: 'round' as const } : {})}
      />
      <path d={head} fill={look.colour} />
      {!isDotted && (
        <path
          d={line}
          data-help=""
          fill="none"
          stroke="transparent"
          strokeWidth={Math.max(HIT_WIDTH_MIN, look.width + 6)}
        />
      )}
    </g>
  );
});
