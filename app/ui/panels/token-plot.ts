import type { ElementSize } from '../element-size.ts';

/** Room around the plot of the token chart, in em of its font; chart.css has the same for the sketch. */
export const Y_AXIS_EM = 3.75;
export const X_AXIS_EM = 2.25;
export const TOP_EM = 0.75;
/** Half a label, so that the last one is not cut off. */
export const RIGHT_EM = 2;
/** Height that one step of the scale should have at least. */
const Y_STEP_EM = 4;
const MOST_Y_STEPS = 5;

/** What the plot has room for. */
export interface Plot {
  readonly widthPx: number;
  /** Steps of the scale, at most. */
  readonly ySteps: number;
}

export function plotOf({ width, height, emPx }: ElementSize): Plot {
  const plotHeight = height - (TOP_EM + X_AXIS_EM) * emPx;
  const fitting = Math.floor(plotHeight / (Y_STEP_EM * emPx));
  return {
    widthPx: width - (Y_AXIS_EM + RIGHT_EM) * emPx,
    ySteps: Math.min(MOST_Y_STEPS, Math.max(2, fitting)),
  };
}
