import type { AckReply } from '../wire/anomalies.ts';
import type { OutboxRow } from './outbox.ts';

/** What came back for a decision that was sent. */
export type OutboxAnswer =
  | { readonly kind: 'reply'; readonly reply: AckReply }
  /** The server itself said no. A problem without details is not about the decision. */
  | {
      readonly kind: 'refusal';
      readonly status: number;
      readonly detail: string | null;
      /** How long the server wants to be left alone, ms. */
      readonly retryAfterMs: number;
    }
  /** Nothing came, or something that is not the server's own word. */
  | { readonly kind: 'failure'; readonly retryAfterMs: number };

/** What becomes of the decision, once and for all. */
export type FinalVerdict =
  /** The server has it. */
  | { readonly kind: 'done'; readonly reply: AckReply }
  /** It will never be taken; the reason is in words for people. */
  | { readonly kind: 'refused'; readonly reason: string };

export type Verdict = FinalVerdict | { readonly kind: 'retry'; readonly retryAfterMs: number };

/** Statuses that no later try changes: not well formed, unknown incident, client id taken, too large, no JSON. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 404, 409, 413, 415]);

/**
 * What an answer means for the decision that was sent. Whatever is not the server's own, final word is worth another
 * try, which the client id makes harmless.
 */
export function verdictOf(sent: OutboxRow, answer: OutboxAnswer): Verdict {
  switch (answer.kind) {
    case 'reply': {
      const { reply } = answer;
      return isAbout(sent, reply) ? { kind: 'done', reply } : { kind: 'retry', retryAfterMs: 0 };
    }
    case 'refusal': {
      const { status, detail, retryAfterMs } = answer;
      // A server of before, which has no such route, knows nothing of the incident.
      const isOfRoute = status === 404 && detail === null;
      if (!FINAL_STATUSES.has(status) || isOfRoute) return { kind: 'retry', retryAfterMs };
      return { kind: 'refused', reason: detail ?? `The server refused it (${status}).` };
    }
    case 'failure':
      return { kind: 'retry', retryAfterMs: answer.retryAfterMs };
  }
}

/** Whether a reply answers what was sent, and not something else. */
function isAbout({ clientId, incidentId }: OutboxRow, { ack, current }: AckReply): boolean {
  return (
    ack.clientId === clientId &&
    ack.incidentId === incidentId &&
    current.incidentId === incidentId &&
    current.revision >= ack.revision
  );
}
