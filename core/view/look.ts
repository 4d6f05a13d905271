import { type Filter, NO_FILTER } from './filter.ts';
import { REAL_TIME, type TimeRange } from './window.ts';

/** What a page wants to see. */
export interface Look {
  readonly filter: Filter;
  readonly range: TimeRange;
  /** In which days are told. */
  readonly zone: string;
  /** How much of what follows the range will be asked for within seconds, ms. */
  readonly aheadMs: number;
}

export const FIRST_LOOK: Look = {
  filter: NO_FILTER,
  range: REAL_TIME,
  zone: 'UTC',
  aheadMs: 0,
};
