import type {
  Ack,
  AckReply,
  AnomaliesReply,
  Anomaly,
  LedgerMark,
  LedgerNews,
} from '#core/wire/anomalies.ts';
import { parseAckRequest } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { Problem } from '#core/wire/problem.ts';

/** A body, or what the server has against the question. */
export type LedgerAnswer = { readonly body: object } | { readonly problem: Problem };

/** The rules of the product's ledger, in memory: one count of changes, the last arrival counts, ids count once. */
export class ScriptedLedger {
  readonly #id: string;
  readonly #incidents = new Map<string, { epoch: string; anomaly: Anomaly }>();
  /** In the order of their arrival. */
  readonly arrived: Ack[] = [];
  /** Incidents and decisions of one reply. */
  pageSize = 500;
  /** Changes that are still at hand to be told to who is connected. */
  tail = 50;
  #revision = 0;

  constructor(id: string) {
    this.#id = id;
  }

  get mark(): LedgerMark {
    return { id: this.#id, revision: this.#revision };
  }

  save(epoch: string, ...reports: readonly IncidentReport[]): void {
    for (const report of reports) {
      const anomaly = { ...report, revision: ++this.#revision };
      this.#incidents.set(report.id, { epoch, anomaly });
    }
  }

  decide(incidentId: string, body: unknown, atMs: number): LedgerAnswer {
    const read = parseAckRequest(body);
    if (!read.ok) return refusal(400, 'Bad Request', read.reason);
    const request = read.value;
    const known = this.arrived.find((one) => one.clientId === request.clientId);
    if (known) {
      const { atMs: _, revision: __, ...before } = known;
      const isSame = isEqual(before, { ...request, incidentId });
      if (!isSame) return refusal(409, 'Conflict', 'clientId: it was used for another decision');
      return {
        body: { ack: known, current: this.current(incidentId) ?? known } satisfies AckReply,
      };
    }
    if (!this.#incidents.has(incidentId)) {
      return refusal(404, 'Not Found', 'There is no such incident.');
    }
    const ack: Ack = { ...request, incidentId, atMs, revision: ++this.#revision };
    this.arrived.push(ack);
    return { body: { ack, current: ack } satisfies AckReply };
  }

  /** The decision that counts. */
  current(incidentId: string): Ack | undefined {
    return this.arrived.findLast((one) => one.incidentId === incidentId);
  }

  changes(epoch: string, since: number, pageSize = this.pageSize): AnomaliesReply {
    const { anomalies, acks } = this.#after(epoch, since);
    const revisions = [...anomalies, ...acks].map((one) => one.revision).sort((a, b) => a - b);
    const hasMore = revisions.length > pageSize;
    const revision = (hasMore && revisions[pageSize - 1]) || this.#revision;
    const isOfPage = (one: { revision: number }) => one.revision <= revision;
    return {
      epoch,
      ledger: this.#id,
      revision,
      hasMore,
      anomalies: anomalies.filter(isOfPage),
      acks: acks.filter(isOfPage),
    };
  }

  /** What is new to who knows `since`; nothing, to be asked for, when that is too long ago. */
  news(epoch: string, since: number | null): LedgerNews {
    const isAtHand =
      since !== null && since <= this.#revision && this.#revision - since <= this.tail;
    const from = isAtHand ? since : this.#revision;
    return { ledger: { ...this.mark, since: from }, ...this.#after(epoch, from) };
  }

  #after(epoch: string, since: number): Pick<LedgerNews, 'anomalies' | 'acks'> {
    const own = [...this.#incidents.values()].filter((one) => one.epoch === epoch);
    const isNew = (one: { revision: number }) => one.revision > since;
    const anomalies = own.map((one) => one.anomaly).filter(isNew);
    const acks = own.flatMap(({ anomaly }) => this.current(anomaly.id) ?? []).filter(isNew);
    const byRevision = (a: { revision: number }, b: { revision: number }) =>
      a.revision - b.revision;
    return { anomalies: anomalies.sort(byRevision), acks: acks.sort(byRevision) };
  }
}

function refusal(status: number, title: string, detail: string): LedgerAnswer {
  return { problem: { type: 'about:blank', title, status, detail } };
}

function isEqual(a: object, b: object): boolean {
  const sorted = (one: object) => JSON.stringify(Object.entries(one).sort());
  return sorted(a) === sorted(b);
}
