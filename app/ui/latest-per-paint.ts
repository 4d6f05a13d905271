/** Hands values on at the pace of the screen. */
export interface LatestPerPaint<T> {
  /** Replaces a value that was offered and not yet drawn. */
  offer(value: T): void;
  close(): void;
}

/** Calls `draw` before the next paint with the value offered last: at most once per animation frame. */
export function latestPerPaint<T>(draw: (value: T) => void): LatestPerPaint<T> {
  let request: number | null = null;
  let latest: T;
  return {
    offer(value) {
      latest = value;
      request ??= requestAnimationFrame(() => {
        request = null;
        draw(latest);
      });
    },
    close() {
      if (request !== null) cancelAnimationFrame(request);
      request = null;
    },
  };
}
