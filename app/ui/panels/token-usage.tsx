import { Suspense } from 'react';
import { resolutionFor } from '#core/time/resolution.ts';
import { useFrameInTurn } from '../frame-turn.ts';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { usePage } from '../use-page.ts';
import { formatCountShort } from '../format.ts';
import { useRememberedChoice } from '../remembered-choice.ts';
import { useTimeFormat } from '../time-format.ts';
import { CoverageLegend, CoverageStrip } from './coverage-strip.tsx';
import { Headline, MissingHeadline } from './headline.tsx';
import { ModelLegend } from './model-legend.tsx';
import { PngButton } from './png-button.tsx';
import { Panel } from './panel.tsx';
import type { DrawnSeries, TokenView } from './token-rows.ts';
import { TokenLegend } from './token-legend.tsx';
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
      controls={
        <div className="panel-controls">
          <PngButton />
          <ViewSwitch name="Tokens as" views={VIEWS} view={view} onChange={setView} />
        </div>
      }
    >
      {frame && (
        <Usage
          series={{ ...frame.tokenSeries, expected: frame.expected }}
          endMs={frame.range.endMs}
          view={view}
        />
      )}
    </Panel>
  );
}

interface UsageProps {
  readonly series: DrawnSeries;
  /** Where the user has stopped; null: real time. */
  readonly endMs: number | null;
  readonly view: TokenView;
}

function Usage({ series, endMs, view }: UsageProps) {
  const isPlaying = usePage((page) => page.playback !== null);
  const [ghost, setGhost] = useRememberedChoice('burnrate.line-before', ['shown', 'hidden']);
  const [band, setBand] = useRememberedChoice('burnrate.expected', ['shown', 'hidden']);
  const isBeforeShown = ghost === 'shown';
  const isExpectedShown = band === 'shown';
  const drawn = {
    ...series,
    ...(!isBeforeShown && { before: [] }),
    ...(!isExpectedShown && { expected: null }),
  };
  const { formatKnown, formatWindow } = useTimeFormat();
  const summary = summarise(series);
  const { windowMs, knownMs, totalTokens } = summary;
  if (knownMs === 0) return <MissingHeadline note={formatKnown(windowMs, knownMs, endMs)} />;
  const span = { fromMs: series.fromMs, toMs: series.fromMs + windowMs };
  const shown = { span, resolution: resolutionFor(series.resolutionMs) };
  return (
    <>
      <div className="usage-head">
        <Headline
          value={formatCountShort(totalTokens)}
          unit="tokens"
          note={`in ${formatWindow(windowMs, knownMs, endMs)}`}
        />
        <div className="usage-legends">
          <CoverageLegend {...shown} />
          <TokenLegend
            series={series}
            view={view}
            isBeforeShown={isBeforeShown}
            onBeforeShown={(isShown) => setGhost(isShown ? 'shown' : 'hidden')}
            isExpectedShown={isExpectedShown}
            onExpectedShown={(isShown) => setBand(isShown ? 'shown' : 'hidden')}
          />
        </div>
      </div>
      <p className="for-screen-readers">{sentenceOf(summary, series.resolutionMs)}</p>
      <div className="chart-place">
        {isPlaying ? (
          <TokenSketch series={drawn} view={view} />
        ) : (
          <Suspense fallback={<TokenSketch series={drawn} view={view} />}>
            <TokenChart series={drawn} view={view} />
          </Suspense>
        )}
        <div className="chart-coverage">
          <CoverageStrip {...shown} />
        </div>
      </div>
      {view === 'models' && <ModelLegend models={series.byModel.map(({ model }) => model)} />}
    </>
  );
}
