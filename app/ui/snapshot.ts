import type { Frame, SpendRate, TokenSeries } from '#core/view/frame.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import { readText, writeText } from './device-storage.ts';
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
/** Read synchronously before the first paint, so it stays small; in UTF-16 units. */
const MAX_LENGTH = 50_000;

const isKind: Check<SourceInfo['kind']> = (value): value is SourceInfo['kind'] =>
  value === 'fleet' || value === 'trace';

const isStoredSnapshot = objectOf<StoredSnapshot>({
  version: (value): value is number => value === VERSION,
  frame: objectOf<Frame>({
    number: isNumber,
    epoch: isString,
    playheadMs: isInstant,
    asOfMs: nullOr(isInstant),
    spendRate: objectOf<SpendRate>({
      windowMs: isNumber,
      coveredMs: isNumber,
      usdPerHour: nullOr(isNumber),
    }),
    tokenSeries: objectOf<TokenSeries>({
      fromMs: isInstant,
      resolutionMs: isNumber,
      tokens: arrayOf(nullOr(isNumber)),
    }),
  }),
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
  const stored: StoredSnapshot = { version: VERSION, ...snapshot };
  const text = JSON.stringify(stored);
  if (text.length <= MAX_LENGTH) writeText(KEY, text);
}
