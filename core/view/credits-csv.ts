import { creditsOf } from '../billing/credits.ts';
import type { UsedMessage } from './credits.ts';
import { cell } from './csv.ts';

const COLUMNS = ['message_id', 'timestamp_utc', 'report_name', 'credits_used'] as const;

/** Messages in their order as CSV (RFC 4180); each line ends with CRLF. */
export function creditsCsv(messages: readonly UsedMessage[]): string {
  const lines = messages.map(({ id, atMs, reportName = '', hundredths }) =>
    [id, new Date(atMs).toISOString(), cell(reportName), creditsOf(hundredths).toFixed(2)].join(),
  );
  return [COLUMNS.join(), ...lines].map((line) => `${line}\r\n`).join('');
}
