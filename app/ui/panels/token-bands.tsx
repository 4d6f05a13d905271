// Functions and no components, because the chart looks at its children's types.
import { Area, type DotItemDotProps } from 'recharts';
import { modelColour } from './model-colour.ts';
import { type DrawnSeries, isAnyKnown, type TokenRow, type TokenView } from './token-rows.ts';

// One accessor per band, made once: a new one would make the chart calculate everything again.
const tokensOf = (row: TokenRow) => row.tokens;
const beforeOf = (row: TokenRow) => row.before;
const extremesOf = (row: TokenRow) => row.extremes;
const trendOf = (row: TokenRow) => row.trend;
const bandOf = (row: TokenRow) => row.band;
const MODEL_TOKENS = Array.from(
  { length: 12 },
  (_, place) => (row: TokenRow) => row.byModel[place] ?? null,
);
/** From back to front: otherwise what came later is in front. Models keep the library's own, 100. */
const BACK_TO_FRONT = { band: 101, extremes: 102, before: 103, trend: 104, total: 105 } as const;
const ACTIVE_DOT = { className: 'chart-active-dot', r: 4 };

/** @param lone known between two that are not: a line needs two points, so these are drawn as dots */
export function bandsOf(series: DrawnSeries, view: TokenView, lone: ReadonlySet<TokenRow>) {
  const expected = series.expected ? expectedBands(view) : [];
  // On top of the models, which leave nothing to be seen behind them.
  const bands =
    view === 'models'
      ? [...series.byModel.map(modelBand), ghostLine(series, view)]
      : totalBands(series, lone);
  return [...expected, ...bands];
}

/** What was expected, quieter than what was used. */
function expectedBands(view: TokenView) {
  const quiet = { type: 'linear', dot: false, activeDot: false, isAnimationActive: false } as const;
  return [
    <Area
      key="band"
      dataKey={bandOf}
      className={`chart-expected chart-expected-${view}`}
      zIndex={BACK_TO_FRONT.band}
      stroke="none"
      {...quiet}
    />,
    <Area
      key="trend"
      dataKey={trendOf}
      className="chart-trend"
      zIndex={BACK_TO_FRONT.trend}
      {...quiet}
    />,
  ];
}

/** The line of the total, and behind it the window before and how far the finer buckets stray. */
function totalBands(series: DrawnSeries, lone: ReadonlySet<TokenRow>) {
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
      dot={lone.size > 0 && dotsOf(lone)}
      activeDot={ACTIVE_DOT}
      isAnimationActive={false}
    />,
  ];
}

function dotsOf(lone: ReadonlySet<TokenRow>) {
  return ({ key, cx, cy, payload }: DotItemDotProps) =>
    lone.has(payload as TokenRow) ? ( // the rows that the chart was given
      <circle key={key} className="chart-lone-bucket" cx={cx} cy={cy} r="3" />
    ) : null;
}

/** The total of the window before. */
function ghostLine({ before }: DrawnSeries, view: TokenView) {
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
