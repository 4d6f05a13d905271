import type { Coverage } from '#core/time/coverage.ts';
import type { Interval } from '#core/time/intervals.ts';
import { type Known, newestKnown, NOTHING_KNOWN } from '#core/time/known.ts';
import type { Filter } from '#core/view/filter.ts';
import {
  type CustomerUsage,
  type DayUse,
  type Expected,
  type Figure,
  type Frame,
  type KeyFigures,
  type ModelCost,
  OTHER_MODELS,
  type SpendRate,
  type TokenExtremes,
  type TokenSeries,
  type Trend,
} from '#core/view/frame.ts';
import type { TimeRange } from '#core/view/window.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import { readText, removeText, writeText } from './device-storage.ts';
import {
  arrayOf,
  type Check,
  isBoolean,
  isInstant,
  isNumber,
  isString,
  nullOr,
  objectOf,
} from './shape.ts';

/** What the next visit draws before its worker has answered. */
export interface Snapshot {
  readonly frame: Frame;
  readonly clockOffsetMs: number | null;
  readonly source: SourceInfo | null;
}

interface StoredSnapshot extends Snapshot {
  readonly version: number;
}

const KEY = 'burnrate.snapshot';
/** Raise it when a field keeps its type and changes its meaning. */
const VERSION = 1;
const MOST_CUSTOMERS = 50;
const FEW_CUSTOMERS = 20;
const SPARKLINE_POINTS = 60;
const FEW_MODELS = 3;
/** Of each kind of what is known. */
const MOST_INTERVALS = 20;
const MOST_DAYS = 32;
/** Read synchronously before the first paint, so it stays small; in UTF-16 units. */
const MAX_LENGTH = 50_000;

const isKind: Check<SourceInfo['kind']> = (value): value is SourceInfo['kind'] =>
  value === 'fleet' || value === 'trace';

const isTrend: Check<Trend> = arrayOf(nullOr(isNumber));
const isNames = arrayOf(isString);
const isFilter = objectOf<Filter>({ tenants: isNames, customers: isNames, models: isNames });
const isFigure = objectOf<Figure>({
  value: nullOr(isNumber),
  before: nullOr(isNumber),
  trend: isTrend,
});

const isIntervals = arrayOf(objectOf<Interval>({ fromMs: isInstant, toMs: isInstant }));

const isFrame = objectOf<Frame>({
  number: isNumber,
  epoch: isString,
  filter: isFilter,
  range: objectOf<TimeRange>({ spanMs: isNumber, endMs: nullOr(isInstant) }),
  playheadMs: isInstant,
  asOfMs: nullOr(isInstant),
  windowMs: isNumber,
  coveredMs: isNumber,
  spendRate: objectOf<SpendRate>({
    windowMs: isNumber,
    coveredMs: isNumber,
    usdPerHour: nullOr(isNumber),
  }),
  tokenSeries: objectOf<TokenSeries>({
    fromMs: isInstant,
    resolutionMs: isNumber,
    tokens: isTrend,
    before: isTrend,
    extremes: nullOr(
      objectOf<TokenExtremes>({ finestMs: isNumber, least: isTrend, most: isTrend }),
    ),
    byModel: arrayOf(
      objectOf<TokenSeries['byModel'][number]>({ model: isString, tokens: isTrend }),
    ),
  }),
  expected: nullOr(objectOf<Expected>({ trend: isTrend, low: isTrend, high: isTrend })),
  keyFigures: objectOf<KeyFigures>({
    spendUsd: isFigure,
    tokensPerSecond: isFigure,
    callsPerSecond: isFigure,
    meanLatencyMs: isFigure,
    activeCustomers: isFigure,
  }),
  costByModel: arrayOf(
    objectOf<ModelCost>({ model: isString, costUsd: isNumber, tokens: isNumber }),
  ),
  customers: arrayOf(
    objectOf<CustomerUsage>({
      tenantId: isString,
      customerId: isString,
      costUsd: isNumber,
      tokens: isNumber,
      calls: isNumber,
      meanLatencyMs: nullOr(isNumber),
      trend: isTrend,
    }),
  ),
  known: objectOf<Known>({
    coverage: objectOf<Coverage>({ '5s': isIntervals, '1m': isIntervals, '1h': isIntervals }),
    live: isIntervals,
    outages: isIntervals,
  }),
  days: nullOr(
    objectOf<NonNullable<Frame['days']>>({
      zone: isString,
      uses: arrayOf(
        objectOf<DayUse>({
          fromMs: isInstant,
          toMs: isInstant,
          wholeFromMs: isInstant,
          wholeToMs: isInstant,
          coveredMs: isNumber,
          costMicroUsd: isNumber,
          tokens: isNumber,
          calls: isNumber,
        }),
      ),
    }),
  ),
  choices: isFilter,
});

const isStoredSnapshot = objectOf<StoredSnapshot>({
  version: (value): value is number => value === VERSION,
  frame: isFrame,
  clockOffsetMs: nullOr(isNumber),
  source: nullOr(
    objectOf<SourceInfo>({ kind: isKind, label: isString, isLatencyModelled: isBoolean }),
  ),
});

/** What an earlier visit left; null when there is nothing, or nothing that this build can draw. */
export function readSnapshot(): Snapshot | null {
  const text = readText(KEY);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text, withLater);
    return isStoredSnapshot(value) ? value : null;
  } catch {
    return null;
  }
}

/** A frame of an older build does not tell these; what it shows is good all the same. */
function withLater(key: string, value: unknown): unknown {
  const isFrameOf = key === 'frame' && typeof value === 'object' && value !== null;
  return isFrameOf ? { known: NOTHING_KNOWN, days: null, expected: null, ...value } : value;
}

/** Keeps a snapshot for the next visit, of as much as is small enough, if the device lets it. */
export function writeSnapshot(snapshot: Snapshot): void {
  let frame = withFewDays(snapshot.frame);
  for (const shorten of SHORTENINGS) {
    frame = shorten(frame);
    const stored: StoredSnapshot = { version: VERSION, ...snapshot, frame };
    const text = JSON.stringify(stored, rounded);
    if (text.length > MAX_LENGTH) continue;
    writeText(KEY, text);
    return;
  }
}

/** A year of days would take all the room. */
function withFewDays(frame: Frame): Frame {
  return (frame.days?.uses.length ?? 0) <= MOST_DAYS ? frame : { ...frame, days: null };
}

/** What is left out for want of room, the least missed first; the worker brings it all soon enough. */
const SHORTENINGS: readonly ((frame: Frame) => Frame)[] = [
  (frame) => ({
    ...withTopCustomers(frame, MOST_CUSTOMERS),
    known: newestKnown(frame.known, MOST_INTERVALS),
  }),
  withCoarseFigures,
  ({ tokenSeries, ...frame }) => ({
    ...frame,
    expected: null,
    tokenSeries: { ...tokenSeries, before: [], extremes: null },
  }),
  withFewModels,
  (frame) => withTopCustomers(frame, FEW_CUSTOMERS),
];

function withTopCustomers(frame: Frame, most: number): Frame {
  const customers = frame.customers.slice(0, most);
  const choices = { ...frame.choices, customers: frame.choices.customers.slice(0, most) };
  return { ...frame, customers, choices };
}

/** Sparklines are a finger wide: each run of buckets becomes its mean, of what is known. */
function withCoarseFigures(frame: Frame): Frame {
  const { keyFigures } = frame;
  const coarse = (figure: Figure): Figure => ({ ...figure, trend: coarser(figure.trend) });
  return {
    ...frame,
    keyFigures: {
      spendUsd: coarse(keyFigures.spendUsd),
      tokensPerSecond: coarse(keyFigures.tokensPerSecond),
      callsPerSecond: coarse(keyFigures.callsPerSecond),
      meanLatencyMs: coarse(keyFigures.meanLatencyMs),
      activeCustomers: coarse(keyFigures.activeCustomers),
    },
  };
}

function coarser(trend: Trend): Trend {
  const perPoint = Math.ceil(trend.length / SPARKLINE_POINTS);
  return Array.from({ length: Math.ceil(trend.length / perPoint) }, (_, i) => {
    const run = trend.slice(i * perPoint, (i + 1) * perPoint).filter((value) => value !== null);
    return run.length === 0 ? null : run.reduce((sum, value) => sum + value, 0) / run.length;
  });
}

/** The most used models, and all others as one. */
function withFewModels(frame: Frame): Frame {
  const { tokenSeries } = frame;
  const shown = tokenSeries.byModel.slice(0, FEW_MODELS);
  const others = tokenSeries.byModel.slice(FEW_MODELS);
  const tokens = tokenSeries.tokens.map((total, i) =>
    total === null ? null : others.reduce((sum, one) => sum + (one.tokens[i] ?? 0), 0),
  );
  const byModel = [...shown, { model: OTHER_MODELS, tokens }];
  return { ...frame, tokenSeries: { ...tokenSeries, byModel } };
}

/** Nine digits are more than anything drawn shows. */
function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(9));
}

/** The next visit begins with nothing on screen. */
export function forgetSnapshot(): void {
  removeText(KEY);
}
