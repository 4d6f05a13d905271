import type { Interval } from '#core/time/intervals.ts';
import type { Filter } from '#core/view/filter.ts';
import type { Frame } from '#core/view/frame.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { ShownIncident } from './shown-incidents.ts';

type Severity = Anomaly['severity'];

/** Width of a mark, and so the least distance of two, px: what a finger hits. */
export const MARK_PX = 24;
const WORST_FIRST: readonly Severity[] = ['critical', 'major', 'minor'];

/** A mark on the chart: of one incident, or of several that begin too close to be told apart. */
export interface ChartMark {
  /** Of the first of them: the same while they are the same. */
  readonly id: string;
  /** Where on the axis, 0 to 1. */
  readonly at: number;
  /** The worst first. */
  readonly incidents: readonly ShownIncident[];
}

/** A stretch of the axis that is shaded, 0 to 1. */
export interface ChartShade {
  readonly severity: Severity;
  readonly from: number;
  readonly to: number;
}

/** Whether an incident reaches into a span; one that goes on reaches to the end of all. */
export function isWithin({ startMs, endMs }: Anomaly, span: Interval): boolean {
  return startMs < span.toMs && (endMs ?? Number.POSITIVE_INFINITY) > span.fromMs;
}

const FILTERED_BY = { tenant: 'tenants', model: 'models', customer: 'customers' } as const;

/**
 * Whether what an incident came from is in the slice that is shown: of what is filtered by something else,
 * whether it was used in the window.
 */
export function isOfSlice({ root }: Anomaly, { filter, customers, costByModel }: Frame): boolean {
  if (root.dimension === 'total') return true;
  const isFiltered = (name: keyof Filter) => filter[name].length > 0;
  const own = FILTERED_BY[root.dimension];
  if (isFiltered(own)) return filter[own].includes(root.id);
  if (!isFiltered('tenants') && !isFiltered('models') && !isFiltered('customers')) return true;
  if (root.dimension === 'model') return costByModel.some((one) => one.model === root.id);
  const name = root.dimension === 'tenant' ? 'tenantId' : 'customerId';
  return customers.some((one) => one[name] === root.id);
}

/** @param widthPx width of the axis */
export function marksOf(
  incidents: readonly ShownIncident[],
  span: Interval,
  widthPx: number,
): readonly ChartMark[] {
  const share = shareOf(span);
  const marks: { id: string; at: number; incidents: ShownIncident[] }[] = [];
  for (const one of incidents.toSorted((a, b) => a.anomaly.startMs - b.anomaly.startMs)) {
    const at = share(one.anomaly.startMs);
    const last = marks.at(-1);
    if (last && (at - last.at) * widthPx < MARK_PX) last.incidents.push(one);
    else marks.push({ id: one.anomaly.id, at, incidents: [one] });
  }
  return marks.map((one) => ({ ...one, incidents: one.incidents.toSorted(worstFirst) }));
}

/** What is closer than a pixel is one, so that there are never more than can be seen. */
export function shadesOf(
  incidents: readonly ShownIncident[],
  span: Interval,
  widthPx: number,
): readonly ChartShade[] {
  const share = shareOf(span);
  const shades: { severity: Severity; from: number; to: number }[] = [];
  for (const severity of WORST_FIRST.toReversed()) {
    const own = incidents
      .filter(({ anomaly }) => anomaly.severity === severity)
      .map(({ anomaly: { startMs, endMs } }) => ({
        severity,
        from: share(startMs),
        to: share(endMs ?? span.toMs),
      }))
      .sort((a, b) => a.from - b.from);
    let last: (typeof shades)[number] | undefined;
    for (const one of own) {
      if (last && (one.from - last.to) * widthPx < 1) last.to = Math.max(last.to, one.to);
      else shades.push((last = one));
    }
  }
  return shades;
}

function worstFirst({ anomaly: a }: ShownIncident, { anomaly: b }: ShownIncident): number {
  return (
    WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) ||
    Math.abs(b.extraMicroUsdPerHour) - Math.abs(a.extraMicroUsdPerHour)
  );
}

function shareOf({ fromMs, toMs }: Interval) {
  return (atMs: number) => Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs)));
}
