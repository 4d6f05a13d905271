import type { Standing } from '#core/outbox/standing.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import { formatAge, formatDuration, formatUsd } from '../format.ts';
import type { TimeFormat } from '../time-format.ts';

type Kind = Anomaly['kind'];

const MICRO_USD_PER_USD = 1_000_000;
const MINUTE_MS = 60_000;
/** Less is told as what it does, not as money. */
const LEAST_USD = 0.01;
const MOST_OF_IT_PERCENT = 50;

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  'spend-spike': 'Spend spike',
  volume: 'Volume',
  'price-or-mix': 'Price or mix',
  drop: 'Drop',
  latency: 'Latency',
  outage: 'Outage',
  silence: 'Silence of the feed',
};

export const SEVERITY_WORDS: Readonly<Record<Anomaly['severity'], string>> = {
  critical: 'Critical',
  major: 'Major',
  minor: 'Minor',
};

export const STATE_WORDS: Readonly<Record<Standing['state'], string>> = {
  open: 'Open',
  snoozed: 'Snoozed',
  acknowledged: 'Acknowledged',
  dismissed: 'Dismissed',
};

/** Whom it is about: its root, or who makes up most of it. */
export function whoOf({ root, explanation }: Anomaly): string {
  if (root.dimension !== 'total') return root.id;
  const first = explanation?.first;
  return first && first.percent >= MOST_OF_IT_PERCENT ? first.key.id : 'Everybody';
}

/** In one sentence what is the matter, also before it is explained. */
export function sentenceOf(anomaly: Anomaly): string {
  const { explanation, kind } = anomaly;
  return explanation?.sentence ?? `${KIND_WORDS[kind]} of ${whoOf(anomaly)}; not explained yet`;
}

/** "ongoing for 12 min", "lasted 5 min, 3 h ago". @param atMs the instant that is shown, epoch ms */
export function ageWords({ startMs, endMs }: Anomaly, atMs: number): string {
  if (endMs === null) return `ongoing for ${inMinutes(atMs - startMs)}`;
  // On one line, whatever stands before it.
  const age = formatAge(Math.max(0, atMs - endMs)).replaceAll(' ', '\u00a0');
  return `lasted ${inMinutes(endMs - startMs)}, ${age}`;
}

/** Seconds are noise beside minutes. */
function inMinutes(ms: number): string {
  const wholeMs = ms < 2 * MINUTE_MS ? ms : Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  return formatDuration(Math.max(0, wholeMs));
}

/** "+$1,240": what is beyond the usual, of either sign. */
export function signedUsd(microUsd: number): string {
  const usd = microUsd / MICRO_USD_PER_USD;
  // Less than half a cent has no sign.
  if (Math.abs(usd) < 0.005) return formatUsd(0);
  return `${usd > 0 ? '+' : ''}${formatUsd(usd)}`;
}

/** "+$1,240/h, +$310 so far"; of what moves no money, what it does. */
export function moneyWords(anomaly: Anomaly): string {
  const { extraMicroUsd, extraMicroUsdPerHour, endMs, kind } = anomaly;
  const isMoney =
    Math.max(Math.abs(extraMicroUsd), Math.abs(extraMicroUsdPerHour)) >=
    LEAST_USD * MICRO_USD_PER_USD;
  if (!isMoney || kind === 'latency') return effectWords(anomaly);
  if (endMs !== null) return `${signedUsd(extraMicroUsd)} in all`;
  return `${signedUsd(extraMicroUsdPerHour)}/h, ${signedUsd(extraMicroUsd)} so far`;
}

const MEASURED: Readonly<Record<Anomaly['reason']['what'], string>> = {
  spend: 'spend',
  tokens: 'tokens',
  calls: 'calls',
  latency: 'latency',
  unitCost: 'price per token',
  silence: 'calls',
  stuck: 'values',
};

/** "2.4× the usual latency" */
export function effectWords({ reason }: Pick<Anomaly, 'reason'>): string {
  if (reason.what === 'silence') return 'no calls';
  if (reason.what === 'stuck') return 'the same values again and again';
  return `${timesOf(reason.ratio)}× the usual ${MEASURED[reason.what]}`;
}

function timesOf(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
}

/** "Acknowledged by Ben, 14:05", "Snoozed until 14:20"; empty: nobody decided anything. */
export function standingWords(standing: Standing, time: TimeFormat, nowMs: number): string {
  const { state, who, atMs, untilMs, note } = standing;
  if (atMs === null) return '';
  const at = (ms: number) => `${time.formatOtherDay(ms, nowMs)}${time.formatMinute(ms)}`;
  const until = untilMs === null ? '' : ` until ${at(untilMs)}`;
  const by = who === '' ? '' : ` by ${who}`;
  const opened = note === '' ? 'Open again' : 'Note';
  const what = state === 'open' ? opened : STATE_WORDS[state];
  return `${what}${until}${by}, ${at(atMs)}`;
}
