// Functions and no components, because the chart looks at its children's types.
import { Area } from 'recharts';
import type { TokenSeries } from '#core/view/frame.ts';
import { modelColour } from './model-colour.ts';
import { isAnyKnown, type TokenRow, type TokenView } from './token-rows.ts';

// One accessor per band, made once: a new one would make the chart calculate everything again.
const tokensOf = (row: TokenRow) => row.tokens;
const beforeOf = (row: TokenRow) => row.before;
const extremesOf = (row: TokenRow) => row.extremes;
const MODEL_TOKENS = Array.from(
  { length: 12 },
  (_, place) => (row: TokenRow) => row.byModel[place] ?? null,
);
/** From back to front: otherwise what came later is in front. Models keep the library's own, 100. */
const BACK_TO_FRONT = { extremes: 101, before: 102, total: 103 } as const;
const ACTIVE_DOT = { className: 'chart-active-dot', r: 4 };

export function bandsOf(series: TokenSeries, view: TokenView) {
  // On top of the models, which leave nothing to be seen behind them.
  if (view === 'models') return [...series.byModel.map(modelBand), ghostLine(series, view)];
  return totalBands(series);
}

/** The line of the total, and behind it the window before and how far the finer buckets stray. */
function totalBands(series: TokenSeries) {
  const { extremes } = series;
  return [
    extremes && (
      <Area
        key="extremes"
        dataKey={extremesOf}
        type="linear"
        className="chart-extremes"
        zIndex={BACK_TO_FRONT.extremes}
        stroke="none"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    ),
    ghostLine(series, 'total'),
    <Area
      key="total"
      dataKey={tokensOf}
      type="linear"
      className="chart-area"
      zIndex={BACK_TO_FRONT.total}
      dot={false}
      activeDot={ACTIVE_DOT}
      isAnimationActive={false}
    />,
  ];
}

/** The total of the window before. */
function ghostLine({ before }: TokenSeries, view: TokenView) {
  if (!isAnyKnown(before)) return null;
  return (
    <Area
      key="before"
      dataKey={beforeOf}
      type="linear"
      zIndex={BACK_TO_FRONT.before}
      className={`chart-ghost chart-ghost-${view}`}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}

function modelBand({ model }: { readonly model: string }, place: number) {
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
