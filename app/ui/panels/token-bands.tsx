// Functions and no components, because the chart looks at its children's types.
import { Area } from 'recharts';
import type { TokenSeries } from '#core/view/frame.ts';
import { modelColour } from './model-colour.ts';
import type { TokenRow } from './token-rows.ts';

// One accessor per band, made once: a new one would make the chart calculate everything again.
const tokensOf = (row: TokenRow) => row.tokens;
const extremesOf = (row: TokenRow) => row.extremes;
const MODEL_TOKENS = Array.from(
  { length: 12 },
  (_, place) => (row: TokenRow) => row.byModel[place] ?? null,
);
const ACTIVE_DOT = { className: 'chart-active-dot', r: 4 };

/** The line of the total, and behind it how far the finer buckets stray from it. */
export function totalBands({ extremes }: TokenSeries) {
  return [
    extremes && (
      <Area
        key="extremes"
        dataKey={extremesOf}
        type="linear"
        className="chart-extremes"
        stroke="none"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    ),
    <Area
      key="total"
      dataKey={tokensOf}
      type="linear"
      className="chart-area"
      dot={false}
      activeDot={ACTIVE_DOT}
      isAnimationActive={false}
    />,
  ];
}

export function modelBand({ model }: { readonly model: string }, place: number) {
  const colour = modelColour(model);
  return (
    <Area
      key={model}
      dataKey={MODEL_TOKENS[place] ?? tokensOf}
      stackId="models"
      type="linear"
      className="chart-band"
      style={{ stroke: colour, fill: colour }}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}
