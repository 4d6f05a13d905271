import { memo, useEffect, useRef } from 'react';
import type { Interval } from '#core/time/intervals.ts';
import { playheadAt, scrubSpan } from '#core/view/playback.ts';
import { windowsOf } from '#core/view/window.ts';
import { readClock } from '../clock.ts';
import { useElementSize } from '../element-size.ts';
import { CoverageStrip } from '../panels/coverage-strip.tsx';
import { timeTicks } from '../panels/time-ticks.ts';
import { edgeMs, serverNowMs } from '../selectors.ts';
import { useTimeActions } from '../time-actions.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { ScrubIncidents } from './scrub-incidents.tsx';

/** Half a label, in em of the bar's font. */
const HALF_LABEL_EM = 1.7;

/** The past as a line, with the window that is shown on it: to be dragged, or moved by keys. */
export function ScrubBar() {
  const range = usePage((page) => page.range);
  const fromMs = usePage((page) => scrubSpan(page.range, edgeMs(page)).fromMs);
  const toMs = usePage((page) => scrubSpan(page.range, edgeMs(page)).toMs);
  const stepMs = usePage((page) => page.frame?.tokenSeries.resolutionMs ?? 5_000);
  const endMs = usePage((page) => page.range.endMs ?? edgeMs(page));
  const { formatOtherDay, formatMinute } = useTimeFormat();
  const text = usePage((page) =>
    page.range.endMs === null
      ? 'live'
      : `${formatOtherDay(page.range.endMs, serverNowMs(page))}${formatMinute(page.range.endMs)}`,
  );
  const resolution = usePage((page) => windowsOf(page.range, edgeMs(page))[0].resolution);
  const { scrubTo } = useTimeActions();
  return (
    <div className="scrub-bar">
      <div className="scrub-track">
        <CoverageStrip span={{ fromMs, toMs }} resolution={resolution} />
        <ScrubIncidents fromMs={fromMs} toMs={toMs} />
        <ScrubWindow span={{ fromMs, toMs }} endMs={endMs} spanMs={range.spanMs} />
        <input
          type="range"
          aria-label="Playhead"
          aria-valuetext={text}
          min={fromMs}
          max={toMs}
          step={stepMs}
          value={endMs}
          onChange={({ target }) => scrubTo(Number(target.value))}
        />
      </div>
      <ScrubTicks fromMs={fromMs} toMs={toMs} />
    </div>
  );
}

interface ScrubWindowProps {
  readonly span: Interval;
  /** The window that is shown. */
  readonly endMs: number;
  readonly spanMs: number;
}

/** While the past is played it moves with every animation frame, and nothing else has to be drawn for that. */
function ScrubWindow({ span, endMs, spanMs }: ScrubWindowProps) {
  const store = usePageStore();
  const isPlaying = usePage((page) => page.playback !== null);
  const ref = useRef<HTMLDivElement>(null);
  const { fromMs, toMs } = span;
  useEffect(() => {
    let request: number | null = null;
    const draw = () => {
      const { playback } = store.getState();
      if (ref.current && playback) {
        const playheadMs = playheadAt(playback, readClock().steadyMs);
        ref.current.style.transform = shiftTo({ fromMs, toMs }, playheadMs);
      }
      request = isPlaying ? requestAnimationFrame(draw) : null;
    };
    if (isPlaying) draw();
    return () => {
      if (request !== null) cancelAnimationFrame(request);
    };
  }, [store, isPlaying, fromMs, toMs]);
  const width = `${(100 * spanMs) / (toMs - fromMs)}%`;
  return (
    <div className="scrub-window" ref={ref} style={{ transform: shiftTo(span, endMs) }}>
      <div className="scrub-shown" style={{ width }} />
    </div>
  );
}

/** A layer as wide as the bar, moved so that its right edge is at the playhead. */
function shiftTo({ fromMs, toMs }: Interval, playheadMs: number): string {
  const share = Math.min(1, Math.max(0, (playheadMs - fromMs) / (toMs - fromMs)));
  return `translateX(${(100 * (share - 1)).toFixed(4)}%)`;
}

/** Drawn anew only when its ends move: reckoning with zones takes its time. */
const ScrubTicks = memo(({ fromMs, toMs }: Interval) => {
  const [ref, size] = useElementSize();
  const format = useTimeFormat();
  const ticks = size && timeTicks(fromMs, toMs, size.width, size.emPx, format);
  const width = toMs - fromMs;
  // A label at the edge would be cut off.
  const marginMs = size ? (HALF_LABEL_EM * size.emPx * width) / size.width : 0;
  const isInside = (atMs: number) => Math.min(atMs - fromMs, toMs - atMs) > marginMs;
  return (
    <div className="scrub-ticks" ref={ref} aria-hidden="true">
      {ticks?.atMs.filter(isInside).map((atMs) => (
        <span key={atMs} style={{ left: `${(100 * (atMs - fromMs)) / width}%` }}>
          {ticks.format(atMs)}
        </span>
      ))}
    </div>
  );
});
