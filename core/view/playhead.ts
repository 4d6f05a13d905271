/** What decides which instant the dashboard shows. Times are server time, epoch ms. */
export interface PlayheadInputs {
  /** Everything up to here is known, inclusive. */
  readonly watermarkMs: number;
  /** Estimate of the server's clock. */
  readonly serverNowMs: number;
  /** A valid reply came within the last 10 s, so the estimate can be trusted. */
  readonly isHearing: boolean;
  /** How far behind the server's clock the screen stays, so that bursts do not make charts jump. */
  readonly playoutDelayMs: number;
}

/**
 * The newest instant that can be shown. Without a server it stands still at the last cached watermark,
 * which is what keeps the charts of a dead server full.
 */
export function edgeOf(inputs: PlayheadInputs): number {
  if (!inputs.isHearing) return inputs.watermarkMs;
  return Math.min(inputs.serverNowMs - inputs.playoutDelayMs, inputs.watermarkMs);
}
