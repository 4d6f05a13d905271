import type { Anomaly } from '#core/wire/anomalies.ts';
import { KIND_WORDS, sentenceOf, SEVERITY_WORDS, whoOf } from '../incidents/incident-words.ts';

const ICON = '/icon-192.png';
/** Sentences in a notification of several. */
const MOST_SENTENCES = 3;

/** A notification as the browser takes it. */
export interface Notice {
  readonly title: string;
  readonly options: NotificationOptions & { readonly tag: string; readonly data: NoticeData };
}

/** Travels with a notification, to whoever closes it or is clicked. */
export interface NoticeData {
  /** The gravest first. */
  readonly incidents: readonly string[];
}

/** @param anomalies that it tells of, the gravest first; at least one */
export function noticeOf(anomalies: readonly Anomaly[]): Notice {
  const [first, ...others] = anomalies;
  if (!first) throw new RangeError('a notice of nothing');
  const data = { incidents: anomalies.map((one) => one.id) };
  if (others.length === 0) {
    const title = `${SEVERITY_WORDS[first.severity]}: ${KIND_WORDS[first.kind]}, ${whoOf(first)}`;
    return { title, options: { body: sentenceOf(first), tag: first.id, icon: ICON, data } };
  }
  const rest = anomalies.length - MOST_SENTENCES;
  const body = anomalies.slice(0, MOST_SENTENCES).map(sentenceOf).join('\n');
  const more = rest > 0 ? `\nand ${rest} more` : '';
  // The same incidents are one notification, whoever shows it.
  const tag = `several-${first.id}`;
  return {
    title: `${anomalies.length} new incidents`,
    options: { body: body + more, tag, icon: ICON, data },
  };
}
