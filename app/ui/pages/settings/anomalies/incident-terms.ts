import type { IncidentKind } from '#core/anomaly/incident.ts';
import { formatUsd } from '../../../format.ts';

export const KIND_WORDS: Readonly<Record<IncidentKind, string>> = {
  'spend-spike': 'Spend spike',
  volume: 'Volume',
  'price-or-mix': 'Price or mix',
  drop: 'Drop',
  latency: 'Latency',
  outage: 'Outage',
  silence: 'Silence of the feed',
};

/** "+$1,240": what is beyond the usual, of either sign. */
export function signedUsd(microUsd: number): string {
  const usd = microUsd / 1e6;
  return `${usd > 0 ? '+' : ''}${formatUsd(usd)}`;
}
