import { Suspense } from 'react';
import type { TokenSeries } from '#core/view/frame.ts';
import { useFrameInTurn } from '../frame-turn.ts';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { formatCountShort } from '../format.ts';
import { useRememberedChoice } from '../remembered-choice.ts';
import { useTimeFormat } from '../time-format.ts';
import { Headline, MissingHeadline } from './headline.tsx';
import { ModelLegend } from './model-legend.tsx';
import { Panel } from './panel.tsx';
import type { TokenView } from './token-chart.tsx';
import { TokenSketch } from './token-sketch.tsx';
import { sentenceOf, summarise } from './token-summary.ts';
import { ViewSwitch } from './view-switch.tsx';

// The chart library is more than half of the page: read later, it does not hold up the first paint.
const TokenChart = lazyAfterPaint(async () => (await import('./token-chart.tsx')).TokenChart);

const VIEWS = { total: 'Total', models: 'By model' } as const;

/** Tokens over the live window, as a total and bucket by bucket. */
export function TokenUsage() {
  const frame = useFrameInTurn('Token usage');
  const [view, setView] = useRememberedChoice<TokenView>('burnrate.token-view', [
    'total',
    'models',
  ]);
  return (
    <Panel
      name="Token usage"
      width="wide"
      isEmpty={!frame}
      controls={<ViewSwitch name="Tokens as" views={VIEWS} view={view} onChange={setView} />}
    >
      {frame && <Usage series={frame.tokenSeries} endMs={frame.range.endMs} view={view} />}
    </Panel>
  );
}

interface UsageProps {
  readonly series: TokenSeries;
  /** Where the user has stopped; null: real time. */
  readonly endMs: number | null;
  readonly view: TokenView;
}

function Usage({ series, endMs, view }: UsageProps) {
  const { formatKnown, formatWindow } = useTimeFormat();
  const summary = summarise(series);
  const { windowMs, knownMs, totalTokens } = summary;
  if (knownMs === 0) return <MissingHeadline note={formatKnown(windowMs, knownMs, endMs)} />;
  return (
    <>
      <Headline
        value={formatCountShort(totalTokens)}
        unit="tokens"
        note={`in ${formatWindow(windowMs, knownMs, endMs)}`}
      />
      <p className="for-screen-readers">{sentenceOf(summary, series.resolutionMs)}</p>
      <Suspense fallback={<TokenSketch series={series} />}>
        <TokenChart series={series} view={view} />
      </Suspense>
      {view === 'models' && <ModelLegend models={series.byModel.map(({ model }) => model)} />}
    </>
  );
}
