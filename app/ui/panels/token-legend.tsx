import type { TokenSeries } from '#core/view/frame.ts';
import { formatDuration } from '../format.ts';
import { isAnyKnown, type TokenView } from './token-rows.ts';
import { nameOfBucket } from './token-summary.ts';

interface TokenLegendProps {
  readonly series: TokenSeries;
  readonly view: TokenView;
  readonly isBeforeShown: boolean;
  readonly onBeforeShown: (isShown: boolean) => void;
}

/** What is drawn beside the line: the window before, which can be put away, and the range of the finer buckets. */
export function TokenLegend({ series, view, isBeforeShown, onBeforeShown }: TokenLegendProps) {
  const { before, extremes, tokens, resolutionMs } = series;
  const hasBefore = isAnyKnown(before);
  const hasExtremes = extremes !== null && view === 'total';
  if (!hasBefore && !hasExtremes) return null;
  return (
    <ul className="legend token-legend" aria-label="Lines">
      {hasExtremes && (
        <li>
          <i className="token-legend-band" aria-hidden="true" />
          busiest and quietest {nameOfBucket(extremes.finestMs)}
        </li>
      )}
      {hasBefore && (
        <li>
          <button
            type="button"
            aria-pressed={isBeforeShown}
            onClick={() => onBeforeShown(!isBeforeShown)}
          >
            <i className="token-legend-line" aria-hidden="true" />
            the {formatDuration(resolutionMs * tokens.length)} before
          </button>
        </li>
      )}
    </ul>
  );
}
