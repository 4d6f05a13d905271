import { useEffect } from 'react';
import type { TooltipContentProps } from 'recharts';
import type { Interval } from '#core/time/intervals.ts';
import { formatCount, formatCountCompact, formatDuration } from '../format.ts';
import { useTimeFormat } from '../time-format.ts';
import { modelColour, modelName } from './model-colour.ts';
import { comparisonOf } from './token-comparison.ts';
import { nameOfBucket } from './token-summary.ts';
import type { DrawnSeries, TokenRow, TokenView } from './token-rows.ts';

interface BucketTipProps extends Partial<TooltipContentProps> {
  readonly series: DrawnSeries;
  readonly view: TokenView;
  /** What is marked; null: nothing is. */
  readonly marked: Interval | null;
  /** Hears of each bucket that is told. */
  readonly onTold: (middleMs: number) => void;
}

/** All values of the bucket under the pointer or the keyboard's cursor, the largest first. */
export function BucketTip({
  active = false,
  payload,
  series,
  view,
  marked,
  onTold,
}: BucketTipProps) {
  const { formatTime } = useTimeFormat();
  const row = payload?.[0]?.payload as TokenRow | undefined; // the rows that the chart was given
  const toldMs = active ? row?.middleMs : undefined;
  useEffect(() => {
    if (toldMs !== undefined) onTold(toldMs);
  });
  if (!active || !row) return null;
  const windowMs = series.resolutionMs * series.tokens.length;
  const comparison = comparisonOf(row.tokens, row.before, windowMs);
  const values = (view === 'models' ? series.byModel : [])
    .map(({ model }, place) => ({ model, tokens: row.byModel[place] ?? 0 }))
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => b.tokens - a.tokens);
  return (
    <div className="chart-tip" aria-live="polite">
      <strong>{row.tokens === null ? 'Not known' : `${formatCount(row.tokens)} tokens`}</strong>
      <span>
        {formatTime(row.fromMs)} to {formatTime(row.toMs)}
      </span>
      {marked && <span>{formatDuration(marked.toMs - marked.fromMs)} marked</span>}
      {row.trend !== null && row.band && (
        <span>
          expected {formatCountCompact(row.trend)}, {formatCountCompact(row.band[0])} to{' '}
          {formatCountCompact(row.band[1])}
        </span>
      )}
      {comparison !== null && <span>{comparison}</span>}
      {view === 'total' && <Extremes row={row} series={series} />}
      {values.map(({ model, tokens }) => (
        <span key={model} className="chart-tip-model">
          <i style={{ background: modelColour(model) }} />
          {modelName(model)}
          <b>{formatCount(tokens)}</b>
        </span>
      ))}
    </div>
  );
}

/** What the point hides, in amounts of the finer buckets. */
function Extremes({ row, series }: { row: TokenRow; series: DrawnSeries }) {
  if (!row.extremes || !series.extremes) return null;
  const { finestMs } = series.extremes;
  const [least, most] = row.extremes.map((at) =>
    formatCountCompact((at * finestMs) / series.resolutionMs),
  );
  return (
    <span>
      busiest {nameOfBucket(finestMs)} {most}, quietest {least} tokens
    </span>
  );
}
