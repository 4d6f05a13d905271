import type { UpstreamReport } from '#core/wire/upstream.ts';
import { CounterRandom, STREAM } from '../fleet/random.ts';
import type { AskUpstream } from '../usage/ask-upstream.ts';
import { PROMPTS } from './prompts.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The billing period: the last 30 days, today included, so that it is never an empty one. */
const PERIOD_DAYS = 30;
const SEED = 7;

/** On weekdays 3 to 7 messages, in the office hours of somebody; on weekends seldom one. About 110 in all. */
const WEEKDAY_MESSAGES = { least: 3, kinds: 5 };
const WEEKEND_SHARE = 0.3;
const OPENS_MINUTE = 7 * 60;
const OPEN_MINUTES = 12 * 60;
/** Ids of a day's messages are this far from those of the next. */
const IDS_PER_DAY = 10;

/** Parts of the messages: made a report, made one that is gone, say that they made none. The rest says nothing of it. */
const WITH_REPORT = 0.35;
const WITH_LOST_REPORT = 0.06;
const WITH_NULL = 0.06;

const REPORTS: readonly UpstreamReport[] = [
  { id: 5101, name: 'Monthly spend review', credit_cost: 79 },
  { id: 5102, name: 'Invoice reconciliation', credit_cost: 61.5 },
  { id: 5103, name: 'Budget forecast', credit_cost: 48 },
  { id: 5104, name: 'Usage by team', credit_cost: 22.25 },
  { id: 5105, name: 'Anomaly summary', credit_cost: 15 },
  { id: 5106, name: 'Model comparison', credit_cost: 36.4 },
  { id: 5107, name: 'Tenant cost allocation', credit_cost: 54 },
  { id: 5108, name: 'Renewal briefing', credit_cost: 30 },
];
/** Ids that messages name and nobody knows any more. */
const LOST_REPORTS = [5190, 5191, 5197];

/** A message as it travels: with a `report_id` that may be null or not there at all. */
interface SentMessage {
  readonly id: number;
  readonly text: string;
  readonly timestamp: string;
  readonly report_id?: number | null;
}

const random = new CounterRandom(SEED);

/** Body of `/upstream/messages/current-period`: the same for any `nowMs` (epoch ms), but that later ones have more. */
export function currentMessages(nowMs: number): { messages: SentMessage[] } {
  const today = Math.floor(nowMs / DAY_MS);
  const messages: SentMessage[] = [];
  for (let day = today - PERIOD_DAYS + 1; day <= today; day++) {
    for (const message of messagesOf(day)) {
      if (Date.parse(message.timestamp) <= nowMs) messages.push(message);
    }
  }
  return { messages };
}

/** @param id as it stands in the address */
export function reportWithId(id: string): UpstreamReport | null {
  return REPORTS.find((report) => String(report.id) === id) ?? null;
}

/** The server's own upstream without a socket in between: it answers what its routes answer. */
export function ownUpstream(now: () => number): AskUpstream {
  return async (path) => {
    const [, reportId] = /^\/reports\/(.+)$/.exec(path) ?? [];
    const body = reportId === undefined ? currentMessages(now()) : reportWithId(reportId);
    return body ? { status: 200, text: JSON.stringify(body) } : { status: 404, text: '' };
  };
}

/** @param day days since the epoch, UTC */
function messagesOf(day: number): SentMessage[] {
  const minutes = Array.from({ length: countOf(day) }, (_, i) => {
    const share = random.uniform(STREAM.message, day, i, 1);
    return OPENS_MINUTE + share * OPEN_MINUTES;
  });
  return minutes
    .sort((a, b) => a - b)
    .map((minute, i) => ({
      id: day * IDS_PER_DAY + i,
      text: PROMPTS[random.bits(STREAM.message, day, i, 2) % PROMPTS.length] ?? '',
      timestamp: new Date(day * DAY_MS + Math.round(minute * MINUTE_MS)).toISOString(),
      ...reportIdOf(day, i),
    }));
}

function countOf(day: number): number {
  const weekday = new Date(day * DAY_MS).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  if (isWeekend) return random.uniform(STREAM.message, day) < WEEKEND_SHARE ? 1 : 0;
  const { least, kinds } = WEEKDAY_MESSAGES;
  return least + (random.bits(STREAM.message, day) % kinds);
}

function reportIdOf(day: number, i: number): Pick<SentMessage, 'report_id'> {
  const draw = random.uniform(STREAM.message, day, i, 3);
  const kind = random.bits(STREAM.message, day, i, 4);
  if (draw < WITH_REPORT) return { report_id: Number(REPORTS[kind % REPORTS.length]?.id) };
  if (draw < WITH_REPORT + WITH_LOST_REPORT) {
    return { report_id: LOST_REPORTS[kind % LOST_REPORTS.length] ?? null };
  }
  return draw < WITH_REPORT + WITH_LOST_REPORT + WITH_NULL ? { report_id: null } : {};
}
