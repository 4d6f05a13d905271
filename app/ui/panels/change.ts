import type { Figure } from '#core/view/frame.ts';
import { formatShare } from '../format.ts';

/** How a figure moved against the window before. */
export interface Change {
  readonly direction: 'up' | 'down' | 'same' | 'unknown';
  /** "+12.3%", "−4.0%", "0.0%", "new"; "—" when it is not known. */
  readonly text: string;
}

const UNKNOWN: Change = { direction: 'unknown', text: '—' };
/** Beyond tenfold the digits say nothing. */
const MOST = 9.99;
/** What is told as 0.0%. */
const LEAST = 0.0005;

/** The change of a figure, relative to what it was. */
export function changeOf({ value, before }: Pick<Figure, 'value' | 'before'>): Change {
  if (value === null || before === null) return UNKNOWN;
  if (before === 0 && value > 0) return { direction: 'up', text: 'new' };
  const ratio = before === 0 ? 0 : value / before - 1;
  if (Math.abs(ratio) < LEAST) return { direction: 'same', text: formatShare(0) };
  if (ratio > MOST) return { direction: 'up', text: `>+${formatShare(MOST)}` };
  const size = formatShare(Math.abs(ratio));
  return ratio > 0
    ? { direction: 'up', text: `+${size}` }
    : { direction: 'down', text: `−${size}` };
}
