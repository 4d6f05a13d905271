import { describe, expect, it } from 'vitest';
import { problemSchema } from '#core/wire/problem.ts';
import { parseUsageReply } from '#core/wire/usage.ts';
import { deadAddress, ScriptedUpstream } from '../testing/scripted-upstream.ts';
import { aMessage, AT, MESSAGES, REVIEW, serveUsage } from '../testing/serve-usage.ts';

/** The reply that says nothing of what is wrong, and one line of the log that does. */
async function expectUnavailable(
  { get, logged }: Awaited<ReturnType<typeof serveUsage>>,
  cause: RegExp,
): Promise<void> {
  const response = await get();
  expect(response.status).toBe(503);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  expect(response.headers.get('Burnrate-Build')).toBe('test-build');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const problem: unknown = await response.json();
  expect(problemSchema.parse(problem)).toEqual(problem);
  expect(problem).toEqual({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'What this period used cannot be told now: try again later.',
  });
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject([
    { err: { name: 'UpstreamFailure', message: expect.stringMatching(cause) } },
    'the upstream does not say what was used',
  ]);
}

describe('an upstream that is hostile', () => {
  it.each([
    ['no list', {}, /current-period: messages: /],
    ['a list that is none', { messages: {} }, /current-period: messages: /],
    ['an empty body', '', /current-period: the body is not JSON \(0 characters\)/],
    ['a page of a proxy', '<html>Sign in</html>', /current-period: the body is not JSON/],
    ['half of its JSON', '{"messages":[{"id":1,', /current-period: the body is not JSON/],
    ['a message without id', { messages: [aMessage({ id: undefined })] }, /messages\.0\.id: /],
    ['a message without text', { messages: [aMessage({ text: undefined })] }, /0\.text: /],
    ['a null for a text', { messages: [aMessage({ text: null })] }, /0\.text: /],
    ['no timestamp', { messages: [aMessage({ timestamp: undefined })] }, /0\.timestamp: /],
    ['an id in quotes', { messages: [aMessage({ id: '1' })] }, /0\.id: /],
    ['no date', { messages: [aMessage(), aMessage({ timestamp: 'now' })] }, /1\.timestamp: /],
  ])('B9 is answered with 503 when the messages have %s', async (_what, body, cause) => {
    const upstream = new ScriptedUpstream().says(MESSAGES, body);
    await expectUnavailable(await serveUsage(upstream), cause);
    // What is wrong in itself is not asked for again.
    expect(upstream.asked).toEqual([MESSAGES]);
  });

  it.each([
    ['no name', { id: 7, credit_cost: 1 }, /reports\/7: name: /],
    ['no cost', { id: 7, name: 'a' }, /reports\/7: credit_cost: /],
    ['no id', { name: 'a', credit_cost: 1 }, /reports\/7: id: /],
    ['a cost in quotes', { ...REVIEW, credit_cost: '12.5' }, /reports\/7: credit_cost: /],
    ['a negative cost', { ...REVIEW, credit_cost: -5 }, /reports\/7: credit_cost: /],
    ['a list around it', [REVIEW], /reports\/7: id|reports\/7: body/],
    ['no JSON', 'OK', /reports\/7: the body is not JSON/],
  ])('B9 is answered with 503 when a report has %s', async (_what, body, cause) => {
    const upstream = new ScriptedUpstream()
      .saysMessages(aMessage({ report_id: 7 }))
      .says('/reports/7', body);
    await expectUnavailable(await serveUsage(upstream), cause);
    expect(upstream.timesAsked('/reports/7')).toBe(1);
  });

  it.each([401, 403, 404])(
    'B9 is answered with 503 when it refuses the messages with %i',
    async (status) => {
      const upstream = new ScriptedUpstream().says(MESSAGES, {}, status);
      await expectUnavailable(await serveUsage(upstream), new RegExp(`answered with ${status}`));
      expect(upstream.asked).toHaveLength(1);
    },
  );

  it('B9 passes over fields that it adds', async () => {
    const upstream = new ScriptedUpstream().says(MESSAGES, {
      messages: [aMessage({ author: { id: 1 }, __proto__: null })],
      next: '/messages/2',
    });
    const { body } = await serveUsage(upstream);
    expect(await body()).toEqual({ usage: [{ message_id: 1, timestamp: AT, credits_used: 1.2 }] });
  });

  it.each([500, 502, 503, 429])(
    'B10 is tried three times when a report answers %i',
    async (status) => {
      const upstream = new ScriptedUpstream()
        .saysMessages(aMessage({ report_id: 7 }))
        .says('/reports/7', REVIEW, status);
      await expectUnavailable(await serveUsage(upstream), new RegExp(`answered with ${status}`));
      expect(upstream.timesAsked('/reports/7')).toBe(3);
      expect(upstream.timesAsked(MESSAGES)).toBe(1);
    },
  );

  it('B10 is forgiven what it does once', async () => {
    const upstream = new ScriptedUpstream();
    let tries = 0;
    upstream.does(MESSAGES, (response) => {
      if (++tries === 1) response.writeHead(500).end();
      else if (tries === 2) response.destroy();
      else response.end(JSON.stringify({ messages: [aMessage()] }));
    });
    const { get, logged } = await serveUsage(upstream);
    expect((await get()).status).toBe(200);
    expect(logged).toEqual([]);
  });

  it('B10 is given up when it does not answer in time, at every try', async () => {
    const upstream = new ScriptedUpstream()
      .saysMessages(aMessage({ report_id: 7 }))
      .does('/reports/7', () => undefined);
    await expectUnavailable(await serveUsage(upstream), /reports\/7: no whole answer came/);
    expect(upstream.timesAsked('/reports/7')).toBe(3);
  });

  it('B10 is given up when its body drips for longer than the time it has', async () => {
    const upstream = new ScriptedUpstream().does(MESSAGES, (response) => {
      response.write('{"messages":[');
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    });
    await expectUnavailable(await serveUsage(upstream), /current-period: no whole answer came/);
  });

  it('B10 is given up when its body is cut', async () => {
    const text = JSON.stringify({ messages: [aMessage()] });
    const upstream = new ScriptedUpstream().does(MESSAGES, (response) => {
      response.writeHead(200, { 'Content-Length': text.length });
      response.write(text.slice(0, -5), () => response.destroy());
    });
    await expectUnavailable(await serveUsage(upstream), /current-period: no whole answer came/);
    expect(upstream.timesAsked(MESSAGES)).toBe(3);
  });

  it('B10 is given up when its body does not end', async () => {
    const chunk = ' '.repeat(1_000_000);
    let sent = 0;
    const upstream = new ScriptedUpstream().does(MESSAGES, (response) => {
      const more = () => {
        sent++;
        if (!response.destroyed) response.write(chunk, more);
      };
      more();
    });
    const served = await serveUsage(upstream, { attempts: 1 });
    await expectUnavailable(served, /current-period: no whole answer came/);
    expect(sent).toBeLessThan(100);
  });

  it('B10 is given up when there is nobody', async () => {
    await expectUnavailable(await serveUsage(await deadAddress()), /no whole answer came/);
  });

  it('B10 is given up in a bounded time, however many reports it is slow with', async () => {
    const messages = Array.from({ length: 400 }, (_, id) => aMessage({ id, report_id: id }));
    const upstream = new ScriptedUpstream().saysMessages(...messages);
    for (const { id } of messages) {
      upstream.does(`/reports/${id}`, (response) => {
        setTimeout(() => response.end(JSON.stringify({ ...REVIEW, id })), 50);
      });
    }
    const served = await serveUsage(upstream, { atOnce: 4, mostMs: 200 });
    await expectUnavailable(served, /the reports take too long/);
    expect(upstream.asked.length).toBeLessThan(60);
  });

  it('B10 is not asked on for reports after one that failed', async () => {
    const messages = Array.from({ length: 500 }, (_, id) => aMessage({ id, report_id: id }));
    const upstream = new ScriptedUpstream().saysMessages(...messages);
    for (const { id } of messages) upstream.says(`/reports/${id}`, {});
    await expectUnavailable(await serveUsage(upstream), /reports\/\d+: id: /);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(upstream.asked.length).toBeLessThan(40);
  });

  it('B11 may have 100,000 messages', async () => {
    const messages = Array.from({ length: 100_000 }, (_, id) =>
      aMessage({ id, report_id: id % 50 === 0 ? id % 700 : null, text: 'x'.repeat(id % 60) }),
    );
    const upstream = new ScriptedUpstream().saysMessages(...messages);
    for (let id = 0; id < 700; id += 50) upstream.says(`/reports/${id}`, { ...REVIEW, id });
    const { body } = await serveUsage(upstream);
    const parsed = parseUsageReply(await body());
    if (!parsed.ok) throw new Error(parsed.reason);
    const { usage } = parsed.value;
    expect(usage.map((entry) => entry.message_id)).toEqual(messages.map(({ id }) => id));
    // 2,000 reports at 12.50; all others by their text.
    expect(usage.filter((entry) => entry.report_name !== undefined)).toHaveLength(2_000);
    expect(usage[59]?.credits_used).toBe(6);
  });

  it('B11 may send a text of a megabyte', async () => {
    const { body } = await serveUsage(
      new ScriptedUpstream().saysMessages(aMessage({ text: '😀'.repeat(1_048_576) })),
    );
    expect(await body()).toMatchObject({ usage: [{ credits_used: 104_857.6 }] });
  });
});
