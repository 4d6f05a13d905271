import type { TokenSeries } from '#core/view/frame.ts';
import { formatCount, formatDuration } from '../format.ts';

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
}

export function summarise(series: TokenSeries): TokenSummary {
  const known = series.tokens.filter((tokens) => tokens !== null);
  return {
    windowMs: series.tokens.length * series.resolutionMs,
    knownMs: known.length * series.resolutionMs,
    totalTokens: known.reduce((sum, tokens) => sum + tokens, 0),
    leastTokens: known.length === 0 ? 0 : Math.min(...known),
    mostTokens: known.length === 0 ? 0 : Math.max(...known),
  };
}

/** The chart in one sentence, for those who cannot see it. */
export function sentenceOf(summary: TokenSummary, resolutionMs: number): string {
  const bucket = formatDuration(resolutionMs);
  const least = formatCount(summary.leastTokens);
  const most = formatCount(summary.mostTokens);
  const unknownMs = summary.windowMs - summary.knownMs;
  const gap = unknownMs === 0 ? '' : ` ${formatDuration(unknownMs)} of it are not known.`;
  return `Between ${least} and ${most} tokens in every ${bucket} of the last ${formatDuration(summary.windowMs)}.${gap}`;
}
