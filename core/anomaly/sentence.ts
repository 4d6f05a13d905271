import { RESOLUTION_MS } from '../time/resolution.ts';
import type { Contribution } from './contributions.ts';
import type { Explanation } from './explanation.ts';
import type { Incident } from './incident.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const MINUTES_PER_HOUR = 60;
const MICRO_USD_PER_USD = 1_000_000;
const HOURS_PER_DAY = 24;
/** Below two days, times are told in hours. */
const FEW_HOURS = 48;
/** Part of the time watched from which it counts as all of it. */
const ALL_OF_IT = 0.97;
const MOST_PERCENT = 50;
const WHOLE_NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What is the matter in one sentence, the way one would tell it: who, what, how much, how unusual. */
export function sentenceOf(incident: Incident, explained: Omit<Explanation, 'sentence'>): string {
  return [whatOf(incident, explained), moneyOf(incident, explained), unusualOf(incident)]
    .filter((part) => part !== '')
    .join('; ');
}

function whatOf(incident: Incident, explained: Omit<Explanation, 'sentence'>): string {
  const { kind, reason } = incident;
  const who = whoOf(incident, explained);
  const isSilent = kind === 'outage' || (kind === 'drop' && reason.what === 'silence');
  if (isSilent) return `${who} has had no calls for ${minutesOf(incident)} min`;
  switch (kind) {
    case 'silence':
      return reason.what === 'stuck' ? 'The feed repeats itself' : 'The feed is silent';
    case 'latency':
      return `${who} takes ${timesOf(reason.ratio)} as long to answer as usual`;
    case 'price-or-mix':
      return priceOf(incident, explained, who);
    default:
      return usageOf(incident, explained, who);
  }
}

function whoOf({ root }: Incident, { first }: Omit<Explanation, 'sentence'>): string {
  if (root.dimension !== 'total') return root.id;
  return first && first.percent >= MOST_PERCENT ? first.key.id : 'Everybody';
}

/** "acme's gpt-5.5 calls tripled", by all of the incident: its worst minute alone is often twice that. */
function usageOf(
  { kind, reason, root }: Incident,
  {
    contributions,
    decomposition,
    usualMicroUsdPerHour,
    actualMicroUsdPerHour,
  }: Omit<Explanation, 'sentence'>,
  who: string,
): string {
  const [first, second] = contributions.models;
  const isOfModel =
    root.dimension === 'customer' && first && second && first.percent >= MOST_PERCENT;
  const whose = `${possessive(who)}${isOfModel ? ` ${first.id}` : ''}`;
  const change = actualMicroUsdPerHour - usualMicroUsdPerHour;
  const { volume, size, mix, price } = decomposition;
  const isOfCalls = Math.abs(volume) >= Math.abs(size) + Math.abs(mix) + Math.abs(price);
  if (kind === 'volume') return `${whose} calls ${changeOf(ratioOf(contributions.models))}`;
  if (usualMicroUsdPerHour <= 0) return `${whose} ${reason.what} ${changeOf(reason.ratio)}`;
  const spend = 1 + change / usualMicroUsdPerHour;
  return `${whose} ${isOfCalls ? 'calls' : 'spend'} ${changeOf(spend)}`;
}

function ratioOf(contributions: readonly Contribution[]): number {
  const sum = (of: (one: Contribution) => number) =>
    contributions.reduce((all, one) => all + of(one), 0);
  return (
    sum((one) => one.actual) /
    Math.max(
      1,
      sum((one) => one.usual),
    )
  );
}

function possessive(who: string): string {
  return who.endsWith('s') ? `${who}'` : `${who}'s`;
}

function priceOf(
  { reason }: Incident,
  { contributions, decomposition }: Omit<Explanation, 'sentence'>,
  who: string,
): string {
  const risen = contributions.models.toSorted((a, b) => b.change - a.change)[0];
  const isMix = Math.abs(decomposition.mix) >= Math.abs(decomposition.price);
  const times =
    reason.what === 'unitCost' ? `${timesOf(reason.ratio)} the usual price per token` : '';
  if (isMix && risen && risen.change > 0)
    return [`${who} has moved to ${risen.id}`, times].filter((part) => part !== '').join(': ');
  return `${who} pays ${times === '' ? 'another price per token' : times}`;
}

function moneyOf(
  { extraMicroUsdPerHour, kind, root }: Incident,
  { contributions, measure }: Omit<Explanation, 'sentence'>,
): string {
  const usd = Math.round(extraMicroUsdPerHour / MICRO_USD_PER_USD);
  if (usd === 0 || kind === 'latency') return '';
  const amount = `${usd < 0 ? '-' : '+'}$${WHOLE_NUMBER.format(Math.abs(usd))}/h`;
  const first: Contribution | undefined =
    root.dimension === 'customer' ? contributions.models[0] : contributions.customers[0];
  const isPart = measure === 'costMicroUsd' && first && first.percent < 100;
  const isTold = isPart && first.percent >= MOST_PERCENT;
  if (!isTold) return amount;
  const whose = root.dimension === 'customer' ? '' : ` by ${first.id}`;
  return `${first.percent} % of ${amount}${whose}`;
}

function unusualOf({ reason }: Incident): string {
  if (reason.view === null || reason.watchedBins === 0) return '';
  const [since, watched] = [reason.sinceBins, reason.watchedBins].map(
    (bins) => bins / MINUTES_PER_HOUR,
  );
  const name = reason.direction === 'up' ? 'largest rise' : 'deepest fall';
  if (since === undefined || watched === undefined) return '';
  if (since >= ALL_OF_IT * watched) return `${name} in the ${spanOf(watched)} watched`;
  const isShort = watched < FEW_HOURS;
  const part = isShort ? Math.floor(since) : Math.floor(since / HOURS_PER_DAY);
  return part < 1 ? '' : `${name} in ${part} of ${spanOf(watched)}`;
}

function spanOf(hours: number): string {
  return hours < FEW_HOURS
    ? `${Math.round(hours)} hours`
    : `${Math.round(hours / HOURS_PER_DAY)} days`;
}

function minutesOf({ startMs, endMs, updatedMs }: Incident): number {
  return Math.max(1, Math.round(((endMs ?? updatedMs) - startMs) / MINUTE_MS));
}

function changeOf(ratio: number): string {
  if (ratio < 1) return `fell by ${Math.round(100 * (1 - ratio))} %`;
  if (ratio >= 1.9 && ratio < 2.2) return 'doubled';
  if (ratio >= 2.8 && ratio < 3.25) return 'tripled';
  return ratio < 1.9
    ? `rose by ${Math.round(100 * (ratio - 1))} %`
    : `rose to ${timesOf(ratio)} the usual`;
}

function timesOf(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)} times`;
}
