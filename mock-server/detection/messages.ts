import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { Config } from '../config.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface WorkerData {
  readonly config: Config;
  /** When the server was started: some sources depend on it. Epoch ms. */
  readonly startedAtMs: number;
}

/** What is asked of a ledger. */
export type Keeper = Pick<Ledger, 'save' | 'checkpoint'>;

/** What was learnt is kept in two places by turns: when one is written, the other is an hour old. */
export const LEARNT_SLOTS = [0, 1] as const;
export type LearntSlot = (typeof LEARNT_SLOTS)[number];

/** A point that the detection has come to, as it is kept. */
export interface Kept {
  readonly atMs: number;
  readonly state: Uint8Array;
}

/** Begins, from what was kept (nulls: nothing was), or changes the settings. */
export type ToDetection =
  | {
      readonly type: 'resume';
      readonly point: Kept | null;
      readonly learnt: readonly (Kept | null)[];
    }
  | { readonly type: 'settings'; readonly settings: AnomalySettings };

/** To be written: incidents and point together, what was learnt before them. */
export interface Save {
  readonly reports: readonly IncidentReport[];
  readonly point: Kept | null;
  readonly learnt: (Kept & { readonly slot: LearntSlot }) | null;
}

export type FromDetection =
  | { readonly type: 'opened'; readonly epoch: string }
  | ({ readonly type: 'save' } & Save)
  | { readonly type: 'log'; readonly message: string };

/** Under which what was learnt is kept beside the point of a data set. */
export function learntKey(epoch: string, slot: LearntSlot): string {
  return `${epoch}/learnt-${slot}`;
}
