import { creditsOf, textHundredths } from '#core/billing/credits.ts';
import {
  parseUpstreamMessages,
  type UpstreamMessage,
  type UpstreamReport,
} from '#core/wire/upstream.ts';
import type { MessageUsage, UsageReply } from '#core/wire/usage.ts';
import { type AskUpstream, askPatiently, type Patience, UpstreamFailure } from './ask-upstream.ts';
import { checked, Reports } from './reports.ts';

const MESSAGES_PATH = '/messages/current-period';

interface Limits extends Patience {
  /** Reports that are asked for at the same time. */
  readonly atOnce: number;
  /** No report is asked for later than this: a client does not wait for ever. What came by then is kept for the next question, ms. */
  readonly mostMs: number;
}

const LIMITS: Limits = { attempts: 3, firstWaitMs: 250, atOnce: 8, mostMs: 30_000 };

type ReportId = UpstreamReport['id'];

/** Says what each message of the current billing period used, from what an upstream says. */
export class UsageDesk {
  readonly #ask: AskUpstream;
  readonly #limits: Limits;
  readonly #reports: Reports;
  #reading: Promise<UsageReply> | null = null;

  constructor(ask: AskUpstream, limits: Partial<Limits> = {}) {
    this.#ask = ask;
    this.#limits = { ...LIMITS, ...limits };
    this.#reports = new Reports(ask, this.#limits);
  }

  /**
   * In the order of the upstream. Who asks while another's question is open shares its answer.
   * @throws {UpstreamFailure} when the upstream does not say all of it
   */
  read(): Promise<UsageReply> {
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(): Promise<UsageReply> {
    const untilMs = performance.now() + this.#limits.mostMs;
    const { status, text } = await askPatiently(this.#ask, MESSAGES_PATH, this.#limits);
    const { messages } = checked(MESSAGES_PATH, status, text, parseUpstreamMessages);
    const reports = await this.#findAll(reportIdsOf(messages), untilMs);
    return { usage: messages.map((message) => usageOf(message, reports)) };
  }

  /** A few at once, and no more after the first that failed. */
  async #findAll(ids: readonly ReportId[], untilMs: number) {
    const found = new Map<ReportId, UpstreamReport>();
    const waiting = ids.values();
    let hasFailed = false;
    const findWaiting = async () => {
      for (const id of waiting) {
        if (hasFailed) return;
        if (performance.now() > untilMs) throw new UpstreamFailure('the reports take too long');
        const report = await this.#reports.find(id);
        if (report) found.set(id, report);
      }
    };
    const finders = Array.from({ length: this.#limits.atOnce }, findWaiting);
    try {
      await Promise.all(finders);
    } finally {
      hasFailed = true;
    }
    return found;
  }
}

function reportIdsOf(messages: readonly UpstreamMessage[]): ReportId[] {
  const ids = new Set<ReportId>();
  for (const { report_id: id } of messages) if (id !== undefined && id !== null) ids.add(id);
  return [...ids];
}

function usageOf(
  { id, text, timestamp, report_id: reportId }: UpstreamMessage,
  reports: ReadonlyMap<ReportId, UpstreamReport>,
): MessageUsage {
  const report = reports.get(reportId ?? '');
  return report
    ? { message_id: id, timestamp, report_name: report.name, credits_used: report.credit_cost }
    : { message_id: id, timestamp, credits_used: creditsOf(textHundredths(text)) };
}
