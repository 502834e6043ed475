// A mark beside an activity or a path: a sign that needs no colour, and what it says.
export interface Flags {
  activities: ReadonlySet<string>;
  /** By the ids of the arrows. */
  arrows: ReadonlySet<string>;
  /** What the mark says. */
  words: string;
}

interface Colours {
  fill: string;
  ink: string;
}

export function Flag({
  words,
  x,
  y,
  colours,
}: { words: string; x: number; y: number } & {
  colours: Colours;
}) {
  return (
    <g
      data-flag={words}
      aria-hidden
      pointerEvents="none"
      transform={`translate(${x.toFixed(1)}, ${y.toFixed(1)})`}
    >
      <FlagShape colours={colours} />
    </g>
  );
}

export function FlagShape({ colours }: { colours: Colours }) {
  return (
    <>
      <path
        d="M0 -7.5L7.5 5.5H-7.5Z"
        fill={colours.fill}
        stroke={colours.ink}
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      <path d="M0 -3V1.4M0 3.4V3.6" stroke={colours.ink} strokeWidth={1.7} strokeLinecap="round" />
    </>
  );
}
