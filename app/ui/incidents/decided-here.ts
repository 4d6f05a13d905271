import type { Decision } from '#app/database/decisions.ts';

/** Decisions, each with the incident that it is about. */
export type Decisions = readonly { readonly incidentId: string; readonly decision: Decision }[];

/** What the user has just decided, to be told and to be undone. */
export interface DecidedHere {
  /** "Acknowledged", "3 incidents dismissed", or why that failed. */
  readonly words: string;
  /** Null: it is written down. */
  readonly failed: Decisions | null;
  /** Restores what was before; empty: nothing to undo. */
  readonly undo: Decisions;
}
