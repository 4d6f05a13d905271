import { once } from 'node:events';
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { readCoverage } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

/** Answers everything on a port in the place of the killed server. */
async function impersonate(port: number, answer: RequestListener): Promise<HttpServer> {
  const stranger = createServer(answer);
  stranger.listen(port, 'localhost');
  await once(stranger, 'listening');
  return stranger;
}

const loginPage: RequestListener = (_request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<!doctype html><title>Log in to the airport network</title>');
};

const badGateway: RequestListener = (_request, response) => {
  response.statusCode = 502;
  response.end('bad gateway');
};

const answers: readonly [string, RequestListener, RegExp][] = [
  ['a login page', loginPage, /not the Burnrate server/],
  ['a proxy without its server', badGateway, /server error/],
];

for (const [who, answer, reason] of answers) {
  test(`C7 ${who} in the place of the server changes nothing, and is called what it is`, async ({
    server,
    profile,
  }) => {
    const dashboard = new Dashboard(await profile.open(server.url));
    await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
    await expect(dashboard.spendRate).toContainText('$');
    await dashboard.isKept();
    await server.kill();
    const stranger = await impersonate(server.port, answer);
    try {
      await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
      await expect(dashboard.badge).toContainText(reason);
      const before = await readCoverage(dashboard.page);
      const outline = await dashboard.chartOutline();
      await dashboard.page.reload();
      await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');
      await expect(dashboard.badge).toContainText(reason);
      await expect.poll(() => dashboard.chartOutline()).toBe(outline);
      expect(await readCoverage(dashboard.page)).toEqual(before);
    } finally {
      stranger.closeAllConnections();
      stranger.close();
      await once(stranger, 'close');
    }
    await server.start();
    await dashboard.page.keyboard.press('r');
    await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
  });
}
