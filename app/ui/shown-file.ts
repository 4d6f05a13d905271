import { RESOLUTION_MS, type Resolution, RESOLUTIONS } from '#core/time/resolution.ts';
import type { Interval } from '#core/time/intervals.ts';
import type { Frame } from '#core/view/frame.ts';

/** The buckets that the charts are made from: the coarsest that are no wider than their points. */
export function shownBy({ tokenSeries, windowMs }: Frame): {
  readonly span: Interval;
  readonly resolution: Resolution;
} {
  const { fromMs, resolutionMs } = tokenSeries;
  const resolution = RESOLUTIONS.findLast((one) => RESOLUTION_MS[one] <= resolutionMs) ?? '5s';
  return { span: { fromMs, toMs: fromMs + windowMs }, resolution };
}

/** "burnrate-2026-11-21T0900Z-2026-11-21T1000Z-5s.csv" */
export function fileNameOf(frame: Frame, ending: string): string {
  const { span, resolution } = shownBy(frame);
  const instant = (atMs: number) =>
    `${new Date(atMs).toISOString().slice(0, 16).replace(':', '')}Z`;
  return `burnrate-${instant(span.fromMs)}-${instant(span.toMs)}-${resolution}.${ending}`;
}
