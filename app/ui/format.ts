const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Up to here a span is told in seconds: "last 60 s", not "last 1 min". */
const SECONDS_UP_TO_MS = 2 * MINUTE_MS;
/** Latencies are told in milliseconds up to here. */
const LATENCY_IN_MS_BELOW = 10_000;
/** From here cents are noise. */
const WHOLE_USD_FROM = 100;

const LOCALE = 'en-US';
const wholeUsd = new Intl.NumberFormat(LOCALE, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const centUsd = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'USD' });
const compactUsd = new Intl.NumberFormat(LOCALE, {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  maximumFractionDigits: 1,
  trailingZeroDisplay: 'stripIfInteger',
});
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const precise = new Intl.NumberFormat(LOCALE, {
  notation: 'compact',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const percent = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const wholePercent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });
const bytesCount = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** "$102,346", and with cents below $100: "$18.42". */
export function formatUsd(usd: number): string {
  return Math.abs(usd) < WHOLE_USD_FROM ? centUsd.format(usd) : wholeUsd.format(usd);
}

/** For scales: "$0", "$250K", "$1.5M". */
export function formatUsdCompact(usd: number): string {
  return compactUsd.format(usd);
}

/** "1,234,567" */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** For scales: "0", "500K", "1.2M". */
export function formatCountCompact(count: number): string {
  return compact.format(count);
}

/** For a figure to be read: "812", "1.20M"; three digits, so that its width stays the same. */
export function formatCountShort(count: number): string {
  return count < 1_000 ? whole.format(count) : precise.format(count);
}

/** A part of a whole, with one digit: "41.3%". */
export function formatShare(share: number): string {
  return percent.format(share);
}

/** A part of a whole, without digits, never rounded up to all of it: "63%". */
export function formatPercent(share: number): string {
  return wholePercent.format(Math.floor(share * 100) / 100);
}

/** "812 B", "12 kB", "2.1 MB", "1 GB" (powers of 1,000, as devices are sold). */
export function formatBytes(bytes: number): string {
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${bytesCount.format(bytes / 1_000 ** step)} ${BYTE_UNITS[step]}`;
}

/** "640 ms", and from 10 s on "12.4 s". */
export function formatLatency(ms: number): string {
  return ms < LATENCY_IN_MS_BELOW ? `${whole.format(ms)} ms` : `${(ms / SECOND_MS).toFixed(1)} s`;
}

/** "35 s", "5 min", "4 min 10 s", "2 h 5 min", "7 d"; never rounded up. */
export function formatDuration(durationMs: number): string {
  if (durationMs < SECONDS_UP_TO_MS) return `${Math.floor(durationMs / SECOND_MS)} s`;
  if (durationMs < HOUR_MS) return formatTwo(durationMs, MINUTE_MS, 'min', SECOND_MS, 's');
  if (durationMs >= 2 * DAY_MS) return formatTwo(durationMs, DAY_MS, 'd', HOUR_MS, 'h');
  return formatTwo(durationMs, HOUR_MS, 'h', MINUTE_MS, 'min');
}

/** "45 s ago", "12 min ago", "3 h ago", "2 d ago"; never rounded up. */
export function formatAge(ageMs: number): string {
  if (ageMs < MINUTE_MS) return `${Math.floor(ageMs / SECOND_MS)} s ago`;
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min ago`;
  if (ageMs < 2 * DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ago`;
  return `${Math.floor(ageMs / DAY_MS)} d ago`;
}

function formatTwo(ms: number, largeMs: number, large: string, smallMs: number, small: string) {
  const rest = Math.floor((ms % largeMs) / smallMs);
  const first = `${Math.floor(ms / largeMs)} ${large}`;
  return rest === 0 ? first : `${first} ${rest} ${small}`;
}
