import { describe, expect, it } from 'vitest';
import type { IncidentReport } from '../wire/incidents.ts';
import { incidentSchema } from '../wire/incidents.ts';
import { boundedExplanation } from './bounded.ts';
import { Chronicle, type ChronicleState } from './chronicle.ts';
import type { Contribution } from './contributions.ts';
import type { Incident } from './incident.ts';
import { QuickLook } from './quick-look.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { type Change, MadeUsage, START_MS } from './testing/usage.ts';
import { Watching } from './testing/watching.ts';
import { type Told, withTold } from './told.ts';

const MINUTE_MS = 60_000;
const T = 1_500;
const calm = new Watching(new MadeUsage()).see(0, T).save();
const at = (minutes: number) => START_MS + (T + minutes) * MINUTE_MS;

/** Watches an hour again, for the outline, and then follows incidents minute by minute. */
class Following {
  readonly watching: Watching;
  readonly chronicle: Chronicle;
  readonly reports: { atMs: number; report: IncidentReport }[] = [];

  constructor(changes: readonly Change[], state?: { watching: string; chronicle: ChronicleState }) {
    const usage = new MadeUsage(changes);
    this.watching = new Watching(usage, {}, state?.watching ?? calm);
    const { watch } = this.watching;
    const rowsOf = (fromMs: number, toMs: number) =>
      usage.minutes((fromMs - START_MS) / MINUTE_MS, Math.ceil((toMs - START_MS) / MINUTE_MS)).rows;
    const evidenceOf = ({ startMs, endMs, updatedMs }: Incident) => ({
      series: usage.series,
      before: rowsOf(startMs - 60 * MINUTE_MS, startMs),
      during: rowsOf(startMs, endMs ?? updatedMs),
    });
    this.chronicle = new Chronicle({ watch, evidenceOf }, state?.chronicle);
  }

  /** Minutes counted from the end of the calm. */
  follow(from: number, to: number): this {
    const { watch, incidents, usage } = this.watching;
    for (let minute = T + from; minute < T + to; minute++)
      for (const report of watch.push(usage.minutes(minute, minute + 1))) {
        const atMs = report.startMs + MINUTE_MS;
        this.#note(this.chronicle.take(incidents.push(report), atMs), atMs);
      }
    return this;
  }

  look(minute: number, buckets: number): this {
    const { watch, incidents, usage } = this.watching;
    const quick = new QuickLook(watch, { ...DEFAULT_SETTINGS, floorMicroUsdPerHour: 0 });
    for (let bucket = 0; bucket < buckets; bucket++) {
      const chunk = usage.bucket(T + minute, bucket);
      const report = quick.push(chunk);
      if (report)
        this.#note(
          this.chronicle.take(incidents.pushQuick(report, chunk.toMs), chunk.toMs),
          chunk.toMs,
        );
    }
    return this;
  }

  get last(): IncidentReport | undefined {
    return this.reports.at(-1)?.report;
  }

  #note(reports: readonly IncidentReport[], atMs: number): void {
    for (const report of reports) this.reports.push({ atMs, report });
  }
}

const runaway = (from: number, to: number): Change => ({
  from: T + from,
  to: T + to,
  customerId: 'cedar',
  calls: 8,
});

describe('the chronicle of an incident', () => {
  it('X26 tells what may be sent: explained, with what was said and a chart', () => {
    const { reports, last } = new Following([runaway(50, 80)]).follow(0, 100);
    for (const { report } of reports) expect(incidentSchema.parse(report)).toEqual(report);
    expect(last).toMatchObject({ kind: 'spend-spike', endMs: at(81), foundMs: at(51) });
    expect(last?.explanation?.first?.key).toEqual({ dimension: 'customer', id: 'cedar' });
    expect(last?.explanation?.sentence).toContain('cedar');
  });

  it('X26 tells when it is found, when it clearly changes, now and then, and when it ended', () => {
    const { reports } = new Following([runaway(50, 110)]).follow(0, 140);
    const minutes = reports.map(({ atMs }) => (atMs - at(0)) / MINUTE_MS);
    expect(minutes[0]).toBe(51);
    expect(minutes).toEqual(expect.arrayContaining([95, 100, 105, 110, 112]));
    expect(minutes.filter((one) => one > 95 && one < 105 && one !== 100)).toEqual([]);
    // The last word has the chart up to ten minutes after the end.
    expect(minutes.at(-1)).toBe(122);
    expect(minutes.filter((one) => one > 112)).toHaveLength(1);
  });

  it('X27 keeps what was said: severity, amounts and sentence, from the finding on', () => {
    const { reports, last } = new Following([runaway(50, 110)]).follow(0, 130);
    const history = last?.history ?? [];
    expect(history[0]).toMatchObject({ atMs: at(51) });
    expect(history[0]?.sentence).toBe(reports[0]?.report.explanation?.sentence);
    expect(history.length).toBeGreaterThan(5);
    expect(history.length).toBeLessThanOrEqual(24);
    // The minute that ends it has less than the trend.
    const amounts = history.slice(0, -1).map((one) => one.extraMicroUsd);
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
  });

  it('X27 thins out what was said for the shortest time, never the first, the newest, nor a change of severity', () => {
    const said = (minute: number): Told => ({
      atMs: at(minute),
      severity: minute < 17 ? 'minor' : 'major',
      score: 1,
      extraMicroUsd: minute * 1e9,
      extraMicroUsdPerHour: 1e9,
      sentence: `after ${minute} minutes`,
    });
    let history: readonly Told[] = [];
    for (let minute = 0; minute < 200; minute++) history = withTold(history, said(minute));
    expect(history).toHaveLength(24);
    expect(history[0]).toEqual(said(0));
    expect(history.at(-1)).toEqual(said(199));
    expect(history).toContainEqual(said(17));
    expect(withTold(history, { ...said(199), atMs: at(200) })).toBe(history);
  });

  it('X28 draws from 45 minutes before to 10 minutes after, with what was expected', () => {
    const { last } = new Following([runaway(60, 80)]).follow(0, 100);
    const outline = last?.outline;
    expect(outline).toMatchObject({ what: 'spend', fromMs: at(15), binMs: MINUTE_MS });
    // It ended at minute 81, and at the end of minute 91 it is past.
    expect(outline?.actual).toHaveLength(92 - 15);
    const [usual, actual] = [outline?.usual[50] ?? 0, outline?.actual[50] ?? 0];
    expect(actual).toBeGreaterThan(6 * usual);
    expect(outline?.low[50]).toBeLessThan(usual);
    expect(outline?.high[50]).toBeGreaterThan(usual);
    expect(outline?.high[50]).toBeLessThan(actual);
    expect(outline?.actual[44]).toBeLessThan(1.3 * (outline?.usual[44] ?? 0));
  });

  it('X28 draws what lasts long in wider bins, each the mean of its minutes', () => {
    const { last } = new Following([runaway(60, 320)]).follow(0, 340);
    const outline = last?.outline;
    expect(outline).toMatchObject({ fromMs: at(15), binMs: 4 * MINUTE_MS });
    expect(outline?.actual).toHaveLength(Math.ceil((332 - 15) / 4));
    for (const line of ['usual', 'low', 'high'] as const)
      expect(outline?.[line]).toHaveLength(outline?.actual.length ?? 0);
    const usage = new MadeUsage([runaway(60, 320)]);
    const { rows } = usage.minutes(T + 115, T + 119);
    let spend = 0;
    for (let row = 0; row < rows.length; row++)
      if (usage.series.keyOf(rows.series[row] ?? 0).customerId === 'cedar')
        spend += rows.costMicroUsd[row] ?? 0;
    expect(outline?.actual[25]).toBeCloseTo(Number((spend / 4).toPrecision(4)), -4);
  });

  it('X26 goes on exactly as before when it was saved and restored', () => {
    const changes = [runaway(50, 110)];
    const whole = new Following(changes).follow(0, 140).reports;
    for (const cut of [51, 60, 96, 111, 118]) {
      const first = new Following(changes).follow(0, cut);
      const chronicle = JSON.parse(JSON.stringify(first.chronicle.toState()));
      const incidents = JSON.parse(first.watching.save()).incidents;
      // The watch is taken up an hour earlier, and watches that again.
      const earlier = new Following(changes).follow(0, cut - 50).watching.save();
      const watching = JSON.stringify({ ...JSON.parse(earlier), incidents });
      const second = new Following(changes, { watching, chronicle });
      const { watch, usage } = second.watching;
      watch.push(usage.minutes(T + cut - 50, T + cut));
      second.follow(cut, 140);
      const told = [...first.reports, ...second.reports];
      expect(told.map((one) => one.atMs)).toEqual(whole.map((one) => one.atMs));
      expect(told.at(-1)?.report.history).toEqual(whole.at(-1)?.report.history);
    }
  });

  it('X29 tells of a quick look what it has cost by now, and who it was', () => {
    const { last } = new Following([runaway(50, 90)]).follow(0, 50).look(50, 3);
    expect(last).toMatchObject({ isQuick: true, foundMs: at(50) + 15_000 });
    expect(last?.extraMicroUsd).toBe(Math.round((last?.extraMicroUsdPerHour ?? 0) / 240));
    expect(last?.explanation?.first?.key.id).toBe('cedar');
    expect(last?.explanation?.first?.percent).toBe(100);
    const { volume, size, mix, price } = last?.explanation?.decomposition ?? {};
    expect((volume ?? 0) + (size ?? 0) + (mix ?? 0) + (price ?? 0)).toBe(last?.extraMicroUsd);
  });
});

describe('an explanation that can be sent', () => {
  it('X30 names the first twelve, and the others as one that makes them add up', () => {
    const contributions = (count: number) =>
      Array.from({ length: count }, (_, i): Contribution => ({
        id: `customer-${i}`,
        usual: 1,
        actual: 2 + i,
        change: 1 + i,
        percent: i === 0 ? 100 - 2 * (count - 1) : 2,
      }));
    const { last } = new Following([runaway(50, 90)]).follow(0, 60);
    if (!last?.explanation) throw new Error('not explained');
    const bounded = (count: number) =>
      boundedExplanation({
        ...last.explanation,
        contributions: { customers: contributions(count), models: [], tenants: [] },
      } as typeof last.explanation).contributions.customers;
    expect(bounded(13)).toEqual(contributions(13));
    expect(bounded(40)).toHaveLength(13);
    expect(bounded(40).at(-1)?.id).toBe('28 others');
    expect(bounded(40).reduce((sum, one) => sum + one.percent, 0)).toBe(100);
    expect(bounded(40).reduce((sum, one) => sum + one.change, 0)).toBe((40 * 41) / 2);
  });
});
