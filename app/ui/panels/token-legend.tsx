import type { ReactNode } from 'react';
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
        <Toggle mark="expected" isShown={isExpectedShown} onShown={onExpectedShown}>
          expected
        </Toggle>
      )}
      {hasBefore && (
        <Toggle mark="line" isShown={isBeforeShown} onShown={onBeforeShown}>
          the {formatDuration(resolutionMs * tokens.length)} before
        </Toggle>
      )}
    </ul>
  );
}

interface ToggleProps {
  readonly mark: 'expected' | 'line';
  readonly isShown: boolean;
  readonly onShown: (isShown: boolean) => void;
  readonly children: ReactNode;
}

/** A line of the chart that can be put away. */
function Toggle({ mark, isShown, onShown, children }: ToggleProps) {
  return (
    <li>
      <button type="button" aria-pressed={isShown} onClick={() => onShown(!isShown)}>
        <i className={`token-legend-${mark}`} aria-hidden="true" />
        {children}
      </button>
    </li>
  );
}
