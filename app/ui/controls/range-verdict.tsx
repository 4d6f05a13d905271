import { formatDuration } from '../format.ts';
import { serverNowMs } from '../selectors.ts';
import { useTimeFormat } from '../time-format.ts';
import type { readTypedRange } from '../typed-range.ts';
import { usePage } from '../use-page.ts';

/** What the two ends amount to, or why they cannot be shown. */
export function RangeVerdict({ range }: { range: ReturnType<typeof readTypedRange> }) {
  const { formatMinute, formatOtherDay } = useTimeFormat();
  const nowMs = usePage(serverNowMs);
  if (!range.ok) {
    return (
      <p className="range-verdict range-problem" role="status" aria-label="Range">
        {range.both}
      </p>
    );
  }
  const { fromMs, toMs, note } = range;
  const from = `${formatOtherDay(fromMs, nowMs)}${formatMinute(fromMs)}`;
  const to = `${formatOtherDay(toMs, fromMs)}${formatMinute(toMs)}`;
  return (
    <p className="range-verdict" role="status" aria-label="Range">
      <strong>{formatDuration(toMs - fromMs)}</strong>, {from} to {to}
      {note !== '' && <span className="range-note"> {note}</span>}
    </p>
  );
}
