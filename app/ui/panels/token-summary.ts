import type { TokenSeries } from '#core/view/frame.ts';
import { formatCount, formatDuration } from '../format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What a series amounts to. */
export interface TokenSummary {
  /** Length of the window, ms. */
  readonly windowMs: number;
  /** How much of it is known, ms. */
  readonly knownMs: number;
  /** Sum over what is known. */
  readonly totalTokens: number;
  /** Lowest and highest known bucket; both 0 when none is known. */
  readonly leastTokens: number;
  readonly mostTokens: number;
  /** Lowest and highest finer bucket; null: there are none, or none is known. */
  readonly finest: {
    readonly bucketMs: number;
    readonly leastTokens: number;
    readonly mostTokens: number;
  } | null;
}

export function summarise(series: TokenSeries): TokenSummary {
  const known = series.tokens.filter((tokens) => tokens !== null);
  return {
    windowMs: series.tokens.length * series.resolutionMs,
    knownMs: known.length * series.resolutionMs,
    totalTokens: known.reduce((sum, tokens) => sum + tokens, 0),
    leastTokens: known.length === 0 ? 0 : Math.min(...known),
    mostTokens: known.length === 0 ? 0 : Math.max(...known),
    finest: finestOf(series),
  };
}

function finestOf({ extremes, resolutionMs }: TokenSeries): TokenSummary['finest'] {
  const least = extremes?.least.filter((tokens) => tokens !== null) ?? [];
  const most = extremes?.most.filter((tokens) => tokens !== null) ?? [];
  if (!extremes || least.length === 0 || most.length === 0) return null;
  const share = extremes.finestMs / resolutionMs;
  return {
    bucketMs: extremes.finestMs,
    leastTokens: Math.min(...least) * share,
    mostTokens: Math.max(...most) * share,
  };
}

/** As in "the busiest minute": "minute", "hour", "5 s". */
export function nameOfBucket(bucketMs: number): string {
  if (bucketMs === MINUTE_MS) return 'minute';
  return bucketMs === HOUR_MS ? 'hour' : formatDuration(bucketMs);
}

/** The chart in one sentence, for those who cannot see it. */
export function sentenceOf(summary: TokenSummary, resolutionMs: number): string {
  const bucket = formatDuration(resolutionMs);
  const least = formatCount(summary.leastTokens);
  const most = formatCount(summary.mostTokens);
  const unknownMs = summary.windowMs - summary.knownMs;
  const gap = unknownMs === 0 ? '' : ` ${formatDuration(unknownMs)} of it are not known.`;
  return `Between ${least} and ${most} tokens in every ${bucket} of the last ${formatDuration(summary.windowMs)}.${extremesOf(summary)}${gap}`;
}

function extremesOf({ finest }: TokenSummary): string {
  if (!finest) return '';
  const name = nameOfBucket(finest.bucketMs);
  const [most, least] = [finest.mostTokens, finest.leastTokens].map(formatCount);
  return ` The busiest ${name} had ${most}, the quietest ${least}.`;
}
