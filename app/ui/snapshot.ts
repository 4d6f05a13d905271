import type { Filter } from '#core/view/filter.ts';
import type {
  CustomerUsage,
  DayUse,
  Figure,
  Frame,
  KeyFigures,
  ModelCost,
  SpendRate,
  TokenSeries,
  Trend,
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
    byModel: arrayOf(
      objectOf<TokenSeries['byModel'][number]>({ model: isString, tokens: isTrend }),
    ),
  }),
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
    const value: unknown = JSON.parse(text);
    return isStoredSnapshot(value) ? value : null;
  } catch {
    return null;
  }
}

/** Keeps a snapshot for the next visit, if it is small enough and the device lets it. */
export function writeSnapshot(snapshot: Snapshot): void {
  const frame = shortened(withFewDays(snapshot.frame));
  const stored: StoredSnapshot = { version: VERSION, ...snapshot, frame };
  const text = JSON.stringify(stored, rounded);
  if (text.length <= MAX_LENGTH) writeText(KEY, text);
}

/** A year of days would take all the room. */
function withFewDays(frame: Frame): Frame {
  return (frame.days?.uses.length ?? 0) <= MOST_DAYS ? frame : { ...frame, days: null };
}

/** What fits: the customers at the top; the worker brings the others soon enough. */
function shortened(frame: Frame): Frame {
  const customers = frame.customers.slice(0, MOST_CUSTOMERS);
  const choices = { ...frame.choices, customers: frame.choices.customers.slice(0, MOST_CUSTOMERS) };
  return { ...frame, customers, choices };
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
