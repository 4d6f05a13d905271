import { type KeyboardEvent, useRef, useState } from 'react';
import type { MouseHandlerDataParam } from 'recharts';
import type { Interval } from '#core/time/intervals.ts';
import { useTimeActions } from '../time-actions.ts';

interface Drag {
  /** Middle of the bucket where it began, and of the one where it is now, epoch ms. */
  readonly startMs: number;
  readonly nowMs: number;
}

/**
 * A stretch of a chart that is marked is shown alone: with the mouse, or with Shift and the arrow keys,
 * Enter to show it and Escape to leave it.
 * @param window what the chart shows
 */
export function useZoomDrag(window: Interval, bucketMs: number) {
  const { zoom } = useTimeActions();
  const [drag, setDrag] = useState<Drag | null>(null);
  /** Middle of the bucket that is told; of the first one at first, as the chart library has it. */
  const toldMs = useRef(window.fromMs + bucketMs / 2);
  const selection = drag && spanOf(drag, bucketMs);
  const leave = () => setDrag(null);
  const extend = (byMs: number) => {
    const { startMs, nowMs } = drag ?? { startMs: toldMs.current, nowMs: toldMs.current };
    const nextMs = nowMs + byMs;
    if (nextMs > window.fromMs && nextMs < window.toMs) setDrag({ startMs, nowMs: nextMs });
  };
  return {
    /** What is marked now; null: nothing is. */
    selection,
    /** Tells which bucket the pointer or the keyboard is at. */
    onTold: (middleMs: number) => {
      toldMs.current = middleMs;
    },
    handlers: {
      onMouseDown: ({ activeLabel }: MouseHandlerDataParam) => {
        const atMs = Number(activeLabel ?? Number.NaN);
        if (Number.isFinite(atMs)) setDrag({ startMs: atMs, nowMs: atMs });
      },
      onMouseMove: ({ activeLabel }: MouseHandlerDataParam) => {
        const nowMs = Number(activeLabel ?? Number.NaN);
        if (drag && Number.isFinite(nowMs)) setDrag({ ...drag, nowMs });
      },
      onMouseUp: () => {
        // A click marks a single bucket, which is no stretch.
        if (selection && drag.startMs !== drag.nowMs) zoom(selection.fromMs, selection.toMs);
        leave();
      },
      onMouseLeave: leave,
    },
    keys: {
      onBlur: leave,
      onKeyDownCapture: (event: KeyboardEvent) => {
        const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
        // The library moves its cursor along.
        if (isArrow && event.shiftKey) extend(event.key === 'ArrowLeft' ? -bucketMs : bucketMs);
        else if (isArrow || event.key === 'Escape') leave();
        if (event.key !== 'Enter' || !selection) return;
        event.stopPropagation();
        zoom(selection.fromMs, selection.toMs);
        leave();
      },
    },
  };
}

/** All of the buckets that the mouse went over. */
function spanOf({ startMs, nowMs }: Drag, bucketMs: number) {
  return {
    fromMs: Math.min(startMs, nowMs) - bucketMs / 2,
    toMs: Math.max(startMs, nowMs) + bucketMs / 2,
  };
}
