import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { WatchState } from '#core/anomaly/watch.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { DetectorState } from './detector.ts';
import type { SilenceState } from './feed-silence.ts';

/** Raised when what is kept means something else: older states are then of no use, and it is learnt again. */
const VERSION = 1;
/** The fastest: most of it are numbers that are no smaller with more work. */
const LEVEL = 1;

/** All that the detection knows, but for what it has learnt. */
export interface Point {
  readonly detector: DetectorState;
  readonly silence: SilenceState;
  /** False: learnt from a day and a half only, and what was told since is to be compared with more. */
  readonly isRebuilt: boolean;
  readonly provisional: readonly IncidentReport[];
}

export interface Learnt {
  readonly watch: WatchState;
  readonly isRebuilt: boolean;
}

export function packed(state: Point | Learnt): Uint8Array {
  return deflateRawSync(JSON.stringify({ version: VERSION, state }), { level: LEVEL });
}

/** Null: written by another version, or damaged. */
export function unpackedPoint(bytes: Uint8Array): Point | null {
  return unpacked(bytes) as Point | null; // of our own version: written by `packed`
}

/** Null: written by another version, or damaged. */
export function unpackedLearnt(bytes: Uint8Array): Learnt | null {
  return unpacked(bytes) as Learnt | null; // of our own version: written by `packed`
}

function unpacked(bytes: Uint8Array): unknown {
  try {
    const kept: { version: unknown; state: unknown } = JSON.parse(
      inflateRawSync(bytes).toString('utf8'),
    );
    return kept.version === VERSION ? kept.state : null;
  } catch {
    return null;
  }
}
