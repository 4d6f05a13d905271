import { lazy, Suspense } from 'react';
import type { TokenSeries } from '#core/view/frame.ts';
import { afterPaint } from '../after-paint.ts';
import { formatCountShort, formatKnown, formatWindow } from '../format.ts';
import { usePage } from '../use-page.ts';
import { Headline, MissingHeadline } from './headline.tsx';
import { Panel } from './panel.tsx';
import { TokenSketch } from './token-sketch.tsx';
import { sentenceOf, summarise } from './token-summary.ts';

// The chart library is more than half of the page: read later, it does not hold up the first paint.
const TokenChart = lazy(async () => {
  await afterPaint();
  const { TokenChart } = await import('./token-chart.tsx');
  return { default: TokenChart };
});

/** Tokens over the live window, as a total and bucket by bucket. */
export function TokenUsage() {
  const series = usePage((page) => page.frame?.tokenSeries);
  return (
    <Panel name="Token usage" width="wide" isEmpty={!series}>
      {series && <Usage series={series} />}
    </Panel>
  );
}

function Usage({ series }: { series: TokenSeries }) {
  const summary = summarise(series);
  const { windowMs, knownMs, totalTokens } = summary;
  if (knownMs === 0) return <MissingHeadline note={formatKnown(windowMs, knownMs)} />;
  return (
    <>
      <Headline
        value={formatCountShort(totalTokens)}
        unit="tokens"
        note={`in ${formatWindow(windowMs, knownMs)}`}
      />
      <p className="for-screen-readers">{sentenceOf(summary, series.resolutionMs)}</p>
      <Suspense fallback={<TokenSketch series={series} />}>
        <TokenChart series={series} />
      </Suspense>
    </>
  );
}
