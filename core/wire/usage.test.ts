import { describe, expect, it } from 'vitest';
import { parseUpstreamMessages, parseUpstreamReport } from './upstream.ts';
import { parseUsageReply } from './usage.ts';

const ENTRY = { message_id: 1, timestamp: '2026-11-03T09:15:00.000Z', credits_used: 1.2 };
const MESSAGE = { id: 1, text: 'Hello', timestamp: '2026-11-03T09:15:00.000Z' };
const REPORT = { id: 7, name: 'Spend review', credit_cost: 12.5 };

/** Without one of its fields. */
function lacking(whole: object, field: string): object {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
}

describe('a reply of usage', () => {
  it('B3 is read as it is written, and unknown fields are passed over', () => {
    const named = { ...ENTRY, report_name: 'Spend review', colour: 'blue' };
    const parsed = parseUsageReply({ usage: [ENTRY, named], next: null });
    expect(parsed.ok && parsed.value).toEqual({
      usage: [ENTRY, { ...ENTRY, report_name: 'Spend review' }],
    });
  });

  it.each([
    ['no object', null],
    ['no list', {}],
    ['a list of nothing', { usage: [null] }],
    ['no message_id', { usage: [lacking(ENTRY, 'message_id')] }],
    ['no timestamp', { usage: [lacking(ENTRY, 'timestamp')] }],
    ['no credits_used', { usage: [lacking(ENTRY, 'credits_used')] }],
    ['a name that is null', { usage: [{ ...ENTRY, report_name: null }] }],
    ['an id in quotes', { usage: [{ ...ENTRY, message_id: '1' }] }],
    ['credits in quotes', { usage: [{ ...ENTRY, credits_used: '1.20' }] }],
    ['negative credits', { usage: [{ ...ENTRY, credits_used: -1 }] }],
    ['a day without a time', { usage: [{ ...ENTRY, timestamp: '2026-11-03' }] }],
    ['a time without a zone', { usage: [{ ...ENTRY, timestamp: '2026-11-03T09:15:00' }] }],
    ['epoch ms', { usage: [{ ...ENTRY, timestamp: 1_793_697_300_000 }] }],
  ])('B3 is refused with %s', (_what, body) => {
    expect(parseUsageReply(body).ok).toBe(false);
  });
});

describe('a reply of the upstream', () => {
  it.each([
    ['absent', {}, undefined],
    ['null', { report_id: null }, null],
    ['a number', { report_id: 7 }, 7],
    ['a name', { report_id: 'spend-review_2' }, 'spend-review_2'],
    ['negative', { report_id: -7 }, null],
    ['a fraction', { report_id: 7.5 }, null],
    ['empty', { report_id: '' }, null],
    ['a way out of the folder', { report_id: '../messages' }, null],
    ['a flag', { report_id: true }, null],
    ['an object', { report_id: { id: 7 } }, null],
  ])('B4 a message has no report when its report_id is no id: %s', (_what, fields, reportId) => {
    const parsed = parseUpstreamMessages({ messages: [{ ...MESSAGE, ...fields }] });
    expect(parsed.ok && parsed.value.messages[0]?.report_id).toBe(reportId);
  });

  it('B5 passes over unknown fields, of messages and of reports', () => {
    const body = { messages: [{ ...MESSAGE, author: { name: 'Ann' } }], page: 1 };
    expect(parseUpstreamMessages(body)).toEqual({ ok: true, value: { messages: [MESSAGE] } });
    expect(parseUpstreamReport({ ...REPORT, tags: [] })).toEqual({ ok: true, value: REPORT });
  });

  it.each(['id', 'text', 'timestamp'])(
    'B5 names the mandatory %s that a message lacks',
    (field) => {
      const parsed = parseUpstreamMessages({ messages: [MESSAGE, lacking(MESSAGE, field)] });
      expect(!parsed.ok && parsed.reason).toMatch(new RegExp(`^messages\\.1\\.${field}: `));
    },
  );

  it.each(['id', 'name', 'credit_cost'])(
    'B5 names the mandatory %s that a report lacks',
    (field) => {
      const parsed = parseUpstreamReport(lacking(REPORT, field));
      expect(!parsed.ok && parsed.reason).toMatch(new RegExp(`^${field}: `));
    },
  );

  it.each([
    ['a text that is null', { ...MESSAGE, text: null }],
    ['a text that is a number', { ...MESSAGE, text: 5 }],
    ['an id in quotes', { ...MESSAGE, id: '1' }],
    ['no date', { ...MESSAGE, timestamp: 'yesterday' }],
    ['a time without a zone', { ...MESSAGE, timestamp: '2026-11-03T09:15:00' }],
  ])('B5 refuses a message with %s', (_what, message) => {
    expect(parseUpstreamMessages({ messages: [message] }).ok).toBe(false);
  });

  it.each([
    ['a cost in quotes', { ...REPORT, credit_cost: '12.5' }],
    ['a negative cost', { ...REPORT, credit_cost: -1 }],
    ['a cost without end', { ...REPORT, credit_cost: Infinity }],
    ['a name that is null', { ...REPORT, name: null }],
  ])('B5 refuses a report with %s', (_what, report) => {
    expect(parseUpstreamReport(report).ok).toBe(false);
  });
});
