// What the horizontal axis of a dotted chart can mean.

export const TIME_AXES = ['absolute', 'relative', 'week'] as const;
export type TimeAxis = (typeof TIME_AXES)[number];
