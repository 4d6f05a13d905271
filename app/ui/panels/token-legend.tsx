import { formatDuration } from '../format.ts';
import { type DrawnSeries, isAnyKnown, type TokenView } from './token-rows.ts';
import { nameOfBucket } from './token-summary.ts';

interface TokenLegendProps {
  readonly series: DrawnSeries;
  readonly view: TokenView;
  readonly isBeforeShown: boolean;
  readonly onBeforeShown: (isShown: boolean) => void;
  readonly isExpectedShown: boolean;
  readonly onExpectedShown: (isShown: boolean) => void;
}

/** What is drawn beside the line: what was expected and the window before, which can be put away, and the range of the finer buckets. */
export function TokenLegend({
  series,
  view,
  isBeforeShown,
  onBeforeShown,
  isExpectedShown,
  onExpectedShown,
}: TokenLegendProps) {
  const { before, extremes, tokens, resolutionMs } = series;
  const hasBefore = isAnyKnown(before);
  const hasExtremes = extremes !== null && view === 'total';
  const hasExpected = Boolean(series.expected);
  if (!hasBefore && !hasExtremes && !hasExpected) return null;
  return (
    <ul className="legend token-legend" aria-label="Lines">
      {hasExtremes && (
        <li>
          <i className="token-legend-band" aria-hidden="true" />
          busiest and quietest {nameOfBucket(extremes.finestMs)}
        </li>
      )}
      {hasExpected && (
        <li>
          <button
            type="button"
            aria-pressed={isExpectedShown}
            onClick={() => onExpectedShown(!isExpectedShown)}
          >
            <i className="token-legend-expected" aria-hidden="true" />
            expected
          </button>
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
