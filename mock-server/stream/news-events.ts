import type { LedgerMark } from '../ledger/ledger.ts';
import type { NewsDesk } from '../ledger/news-desk.ts';
import { eventText } from './event-text.ts';

/** An event of the ledger's news, ready to be sent. */
export interface NewsEvent {
  readonly bytes: Buffer;
  /** How far whoever has it has come. */
  readonly mark: LedgerMark;
}

/** Makes `anomalies` and `acks` events; who has come as far as another gets the same bytes. */
export class NewsEvents {
  readonly #desk: Pick<NewsDesk, 'mark' | 'since'>;
  #lastKey = '';
  #last: NewsEvent | null = null;

  constructor(desk: Pick<NewsDesk, 'mark' | 'since'>) {
    this.#desk = desk;
  }

  /** How far the ledger has come; null: it is not open. */
  get mark(): LedgerMark | null {
    return this.#desk.mark;
  }

  /** What is new to somebody who has come to `told`; null: nothing. */
  after(told: LedgerMark | null): NewsEvent | null {
    const { mark } = this;
    if (!mark || (told?.id === mark.id && told.revision === mark.revision)) return null;
    const key = [mark.id, mark.revision, told?.id, told?.revision].join();
    if (this.#last && key === this.#lastKey) return this.#last;
    const data = this.#desk.since(told);
    if (!data) return null;
    // Decisions alone have an event of their own; what there is besides comes with the incidents.
    const isOfDecisions = data.acks.length > 0 && data.anomalies.length === 0;
    const text = eventText({ name: isOfDecisions ? 'acks' : 'anomalies', data });
    this.#lastKey = key;
    this.#last = { bytes: Buffer.from(text), mark };
    return this.#last;
  }
}
