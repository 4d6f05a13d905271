import { Suspense } from 'react';
import type { Figure, Frame } from '#core/view/frame.ts';
import { isEverything } from '#core/view/filter.ts';
import { isSameRange, REAL_TIME } from '#core/view/window.ts';
import {
  formatCount,
  formatCountShort,
  formatDuration,
  formatLatency,
  formatUsd,
} from '../format.ts';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { type TimeFormat, useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { changeOf } from './change.ts';
import { Panel } from './panel.tsx';
import { Sparkline } from './sparkline.tsx';

// It reads the database, which the first paint does not wait for.
const LastDay = lazyAfterPaint(async () => (await import('./last-day.tsx')).LastDay);
const ServerSums = lazyAfterPaint(async () => (await import('./server-sums.tsx')).ServerSums);

/** The numbers of the window, each against the window before and with its course. */
export function KeyFigures() {
  const frame = usePage((page) => page.frame);
  return (
    <Panel name="Key figures" width="full" isEmpty={!frame}>
      {frame && <Figures frame={frame} />}
    </Panel>
  );
}

function Figures({ frame }: { frame: Frame }) {
  const { keyFigures: figures, epoch, range, windowMs, coveredMs, filter } = frame;
  const isWhole = coveredMs >= windowMs;
  const format = useTimeFormat();
  // What adds up over the window is not comparable when a part of the window is missing.
  const sum = (figure: Figure) => (isWhole ? figure : { ...figure, before: null });
  return (
    <>
      <p className="figures-note">
        {noteOf(frame, format)}
        {!isWhole && isEverything(filter) && isSameRange(range, REAL_TIME) && (
          <Suspense fallback={null}>
            <ServerSums epoch={epoch} />
          </Suspense>
        )}
      </p>
      <dl className="figures">
        <FigureTile name="Spend" figure={sum(figures.spendUsd)} format={formatUsd} isLessBetter />
        <FigureTile name="Tokens/s" figure={figures.tokensPerSecond} format={formatCountShort} />
        <FigureTile name="Calls/s" figure={figures.callsPerSecond} format={formatRate} />
        <FigureTile
          name="Mean latency"
          figure={figures.meanLatencyMs}
          format={formatLatency}
          isLessBetter
        />
        <FigureTile
          name="Active customers"
          figure={sum(figures.activeCustomers)}
          format={formatCount}
        />
        <Suspense fallback={<div className="figure" />}>
          <LastDay isFiltered={!isEverything(filter)} />
        </Suspense>
      </dl>
    </>
  );
}

interface FigureTileProps {
  readonly name: string;
  readonly figure: Figure;
  readonly format: (value: number) => string;
  /** Rising is bad news, and is never painted as good. */
  readonly isLessBetter?: boolean;
}

const SIGN = { up: '▲', down: '▼', same: '', unknown: '' };

function FigureTile({ name, figure, format, isLessBetter = false }: FigureTileProps) {
  const { direction, text } = changeOf(figure);
  const tone = isLessBetter ? direction : 'neutral';
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">{figure.value === null ? '—' : format(figure.value)}</dd>
      <dd className="figure-change" data-tone={tone}>
        <span className="figure-sign" aria-hidden="true">
          {SIGN[direction]}
        </span>
        {text}
        {direction === 'unknown' && <span className="for-screen-readers"> change not known</span>}
      </dd>
      <dd className="figure-trend">
        <Sparkline trend={figure.trend} />
      </dd>
    </div>
  );
}

/** A rate of few events keeps a digit behind the point. */
function formatRate(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(1) : formatCountShort(perSecond);
}

function noteOf({ windowMs, coveredMs, range }: Frame, { formatMinute }: TimeFormat): string {
  const span = formatDuration(windowMs);
  const isRealTime = range.endMs === null;
  const name = isRealTime ? `last ${span}` : `${span} to ${formatMinute(range.endMs)}`;
  if (coveredMs < windowMs) return `Known: ${formatDuration(coveredMs)} of the ${name}`;
  return `${isRealTime ? `Last ${span}` : name}, against the ${span} before`;
}
