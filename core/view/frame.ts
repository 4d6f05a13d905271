/** Spend per hour over the newest complete stretch of time before the playhead. */
export interface SpendRate {
  /** Length of the window that the rate is named after, ms. */
  readonly windowMs: number;
  /** How much of the window is known, ms. */
  readonly coveredMs: number;
  /** US dollars per hour over the known part; null: too little is known to say. */
  readonly usdPerHour: number | null;
}

/** Tokens per bucket over the window, ascending in time. */
export interface TokenSeries {
  /** Start of the first bucket, epoch ms. */
  readonly fromMs: number;
  readonly resolutionMs: number;
  /** One value a bucket; null: not known (a gap); 0: known to be nothing. */
  readonly tokens: readonly (number | null)[];
}

/** The numbers that the panels draw: immutable, numbered, made from rollups and a window. */
export interface Frame {
  /** Rises with every frame of a worker; starts at 1. */
  readonly number: number;
  readonly epoch: string;
  /** The instant whose past is shown, server time, epoch ms. */
  readonly playheadMs: number;
  /** End of the newest complete bucket shown, server time, epoch ms; null: nothing is complete. */
  readonly asOfMs: number | null;
  readonly spendRate: SpendRate;
  readonly tokenSeries: TokenSeries;
}
