import { describe, expect, it } from 'vitest';
import { parseUsageReply } from '#core/wire/usage.ts';
import { ScriptedUpstream } from '../testing/scripted-upstream.ts';
import { aMessage, AT, MESSAGES, REVIEW, serveUsage } from '../testing/serve-usage.ts';

describe('GET /usage', () => {
  it('B6 has the fields of the contract and no other, in the order of the upstream', async () => {
    const { get } = await serveUsage(
      new ScriptedUpstream()
        .saysMessages(
          aMessage({ id: 3, report_id: 7 }),
          aMessage({ id: 1 }),
          aMessage({ id: 2, report_id: null, text: 'x'.repeat(401) }),
        )
        .says('/reports/7', REVIEW),
    );
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    // Null would not be the same as left out.
    expect(await response.text()).toBe(
      `{"usage":[{"message_id":3,"timestamp":"${AT}","report_name":"Spend review","credits_used":12.5},` +
        `{"message_id":1,"timestamp":"${AT}","credits_used":1.2},` +
        `{"message_id":2,"timestamp":"${AT}","credits_used":40.4}]}`,
    );
  });

  it('B6 has a tag, and is confirmed by it until the upstream says something else', async () => {
    const upstream = new ScriptedUpstream().saysMessages(aMessage());
    const { get, getUnless } = await serveUsage(upstream);
    const first = await get();
    const tag = first.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^W\/".+"$/);
    expect(first.headers.get('Cache-Control')).toBe('private, no-cache');
    const again = await getUnless(tag);
    expect(again.statusCode).toBe(304);
    expect(again.headers['server-time']).toBe(String(Date.parse(AT)));
    upstream.saysMessages(aMessage(), aMessage({ id: 2 }));
    const changed = await getUnless(tag);
    expect(changed.statusCode).toBe(200);
    expect(changed.headers.etag).not.toBe(tag);
  });

  it('B6 has nothing of a period without messages', async () => {
    const { body } = await serveUsage(new ScriptedUpstream().saysMessages());
    expect(await body()).toEqual({ usage: [] });
  });

  it('B7 has the cost and the name of the report, whatever the text is', async () => {
    const upstream = new ScriptedUpstream()
      .saysMessages(
        aMessage({ id: 1, report_id: 7, text: 'x'.repeat(9_000) }),
        aMessage({ id: 2, report_id: 8 }),
      )
      .says('/reports/7', { ...REVIEW, extra: 1 })
      .says('/reports/8', { id: 8, name: 'Free', credit_cost: 0 });
    const { body } = await serveUsage(upstream);
    expect(await body()).toMatchObject({
      usage: [
        { report_name: 'Spend review', credits_used: 12.5 },
        { report_name: 'Free', credits_used: 0 },
      ],
    });
  });

  it.each([404, 400, 422])(
    'B7 falls back to the text where a report answers %i',
    async (status) => {
      const upstream = new ScriptedUpstream()
        .saysMessages(aMessage({ report_id: 9 }))
        .says('/reports/9', { title: 'no' }, status);
      const { body } = await serveUsage(upstream);
      expect(await body()).toEqual({
        usage: [{ message_id: 1, timestamp: AT, credits_used: 1.2 }],
      });
      expect(upstream.timesAsked('/reports/9')).toBe(1);
    },
  );

  it.each([null, -1, 1.5, '', '../messages/current-period', true, {}])(
    'B7 falls back to the text, and asks for nothing, where a report has the id %j',
    async (reportId) => {
      const upstream = new ScriptedUpstream().saysMessages(aMessage({ report_id: reportId }));
      const { body } = await serveUsage(upstream);
      expect(await body()).toEqual({
        usage: [{ message_id: 1, timestamp: AT, credits_used: 1.2 }],
      });
      expect(upstream.asked).toEqual([MESSAGES]);
    },
  );

  it('B7 counts a message as often as it is listed, with the same id too', async () => {
    const upstream = new ScriptedUpstream().saysMessages(
      aMessage(),
      aMessage(),
      aMessage({ text: 'x'.repeat(400) }),
    );
    const { body } = await serveUsage(upstream);
    expect(await body()).toMatchObject({
      usage: [{ credits_used: 1.2 }, { credits_used: 1.2 }, { credits_used: 40 }],
    });
  });
});

describe('the reports of an upstream', () => {
  it('B8 are asked for once each, by all messages and all who ask, for as long as the process lives', async () => {
    const messages = Array.from({ length: 60 }, (_, id) => aMessage({ id, report_id: id % 3 }));
    const upstream = new ScriptedUpstream()
      .saysMessages(...messages)
      .says('/reports/0', { ...REVIEW, id: 0 })
      .says('/reports/1', { ...REVIEW, id: 1 });
    const { get } = await serveUsage(upstream);
    const replies = await Promise.all(Array.from({ length: 12 }, () => get()));
    expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
    await get();
    for (const id of [0, 1, 2]) expect(upstream.timesAsked(`/reports/${id}`)).toBe(1);
    // What the messages are may change with every question; those of one moment share it.
    expect(upstream.timesAsked(MESSAGES)).toBeGreaterThanOrEqual(2);
  });

  it('B8 are asked for in parallel, and never too many at once', async () => {
    const messages = Array.from({ length: 40 }, (_, id) => aMessage({ id, report_id: id }));
    const upstream = new ScriptedUpstream().saysMessages(...messages);
    for (const { id } of messages) {
      upstream.does(`/reports/${id}`, (response) => {
        setTimeout(() => response.end(JSON.stringify({ ...REVIEW, id })), 10);
      });
    }
    const { body } = await serveUsage(upstream, { atOnce: 5 });
    const parsed = parseUsageReply(await body());
    expect(parsed.ok && parsed.value.usage).toHaveLength(40);
    expect(upstream.mostAtOnce).toBe(5);
  });

  it('B8 that failed are asked for again by the next who asks', async () => {
    const upstream = new ScriptedUpstream()
      .saysMessages(aMessage({ report_id: 7 }))
      .says('/reports/7', 'no', 500);
    const { get } = await serveUsage(upstream);
    expect((await get()).status).toBe(503);
    upstream.says('/reports/7', REVIEW);
    expect((await get()).status).toBe(200);
  });
});
