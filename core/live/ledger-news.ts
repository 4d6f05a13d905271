import { type AnomaliesReply, type LedgerNews, parseLedgerNews } from '../wire/anomalies.ts';
import type { Parsed } from '../wire/parsed.ts';

/** How far the incidents and decisions of a ledger are known here. */
export interface LedgerCursor {
  /** Of the data set. */
  readonly epoch: string;
  /** Id of the ledger. */
  readonly ledger: string;
  readonly revision: number;
}

/** Changes that were told, and what is known with them. */
export interface LedgerChanges extends Pick<LedgerNews, 'anomalies' | 'acks'> {
  readonly next: LedgerCursor;
  /** All that there was is replaced: it is of another ledger, another data set, or was taken back. */
  readonly isAnew: boolean;
}

/** What to do about what was told: nothing, ask for what is missing, or take it. */
export type LedgerPlan = 'nothing' | 'ask' | { readonly take: LedgerChanges };

/**
 * @param cursor null: nothing is known yet
 * @param epoch of the connection that the news came by
 */
export function planNews(
  cursor: LedgerCursor | null,
  epoch: string,
  { ledger, anomalies, acks }: LedgerNews,
): LedgerPlan {
  const { id, since, revision } = ledger;
  if (cursor?.epoch !== epoch || cursor.ledger !== id || since > cursor.revision) return 'ask';
  if (revision === cursor.revision) return 'nothing';
  const isSound = areWithin({ anomalies, acks }, since, revision);
  // Less than is known is an old word, or the ledger was put back to an earlier day: a question tells.
  if (revision < cursor.revision || !isSound) return 'ask';
  const isNew = (one: { revision: number }) => one.revision > cursor.revision;
  const next = { ...cursor, revision };
  const changes = { anomalies: anomalies.filter(isNew), acks: acks.filter(isNew) };
  return { take: { ...changes, next, isAnew: false } };
}

/**
 * @param since what was asked with; 0: for everything
 * @returns null: such a reply makes no sense. `begin-anew`: everything has to be asked for.
 */
export function planReply(
  cursor: LedgerCursor | null,
  since: number,
  reply: AnomaliesReply,
): LedgerChanges | 'begin-anew' | null {
  const { epoch, ledger, revision, hasMore, anomalies, acks } = reply;
  const isOther = epoch !== cursor?.epoch || ledger !== cursor.ledger || revision < since;
  if (since > 0 && isOther) return 'begin-anew';
  if (!areWithin({ anomalies, acks }, since, revision)) return null;
  if (hasMore && revision <= since) return null;
  return { anomalies, acks, next: { epoch, ledger, revision }, isAnew: since === 0 };
}

/**
 * Takes the news of incidents out of what a poll was answered with. They are apart from the metrics: a newer server may
 * tell of incidents in a way that is not known here, and metrics go on.
 */
export function withoutNews(body: unknown): { body: unknown; news: Parsed<LedgerNews> } {
  if (typeof body !== 'object' || body === null) return { body, news: parseLedgerNews(null) };
  const { ledger, anomalies, acks, ...rest } = body as Partial<Record<string, unknown>>; // JSON
  return { body: rest, news: parseLedgerNews({ ledger, anomalies, acks }) };
}

function areWithin(
  { anomalies, acks }: Pick<LedgerNews, 'anomalies' | 'acks'>,
  since: number,
  revision: number,
): boolean {
  return [...anomalies, ...acks].every((one) => one.revision > since && one.revision <= revision);
}
