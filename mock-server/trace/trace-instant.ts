/** Recorded instants count tenths of a microsecond: seven fractional digits, as the public traces have. */
export const TENTHS_PER_MS = 10_000;

/** An instant finer than a millisecond; as one number it would not be exact. */
export interface TraceInstant {
  /** Epoch ms, UTC. */
  readonly ms: number;
  /** Tenths of a microsecond after `ms`, 0 to 9,999. */
  readonly tenths: number;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?Z?$/;

/** Reads `YYYY-MM-DD HH:MM:SS[.fffffff]`, always UTC, also with `T` and `Z`; null: it is not such an instant. */
export function parseTraceInstant(text: string): TraceInstant | null {
  const [, date, time, fraction = ''] = INSTANT.exec(text) ?? [];
  const second = `${date}T${time}.000Z`;
  const secondMs = Date.parse(second);
  // Date.parse takes the 31st of any month for the 1st or so of the next.
  if (Number.isNaN(secondMs) || new Date(secondMs).toISOString() !== second) return null;
  const tenths = Number(fraction.padEnd(7, '0'));
  return { ms: secondMs + Math.floor(tenths / TENTHS_PER_MS), tenths: tenths % TENTHS_PER_MS };
}

/** Tenths of a microsecond from `a` to `b`; exact for spans of up to 28 years. */
export function tenthsBetween(a: TraceInstant, b: TraceInstant): number {
  return (b.ms - a.ms) * TENTHS_PER_MS + (b.tenths - a.tenths);
}
