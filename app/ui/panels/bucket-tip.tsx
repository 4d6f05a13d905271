import type { TooltipContentProps } from 'recharts';
import type { TokenSeries } from '#core/view/frame.ts';
import { formatCount } from '../format.ts';
import { useTimeFormat } from '../time-format.ts';
import { modelColour, modelName } from './model-colour.ts';
import type { TokenRow } from './token-rows.ts';

interface BucketTipProps extends Partial<TooltipContentProps> {
  /** The models that are told apart; none: only the total is told. */
  readonly models: TokenSeries['byModel'];
}

/** All values of the bucket under the pointer or the keyboard's cursor, the largest first. */
export function BucketTip({ active = false, payload, models }: BucketTipProps) {
  const { formatTime } = useTimeFormat();
  const row = payload?.[0]?.payload as TokenRow | undefined; // the rows that the chart was given
  if (!active || !row) return null;
  const values = models
    .map(({ model }, place) => ({ model, tokens: row.byModel[place] ?? 0 }))
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => b.tokens - a.tokens);
  return (
    <div className="chart-tip" aria-live="polite">
      <strong>{row.tokens === null ? 'Not known' : `${formatCount(row.tokens)} tokens`}</strong>
      <span>
        {formatTime(row.fromMs)} to {formatTime(row.toMs)}
      </span>
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
