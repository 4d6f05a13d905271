import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROUTES } from '#core/wire/routes.ts';
import { expect, test } from './fixtures.ts';
import { spawnWebFront, WebFront } from './web-front.ts';

test('O34 a server on the same machine is found by the name localhost', async ({ server }) => {
  const front = await WebFront.start(server.port, { SERVER_ADDRESS: `localhost:${server.port}` });
  const answer = await fetch(`${front.url}${ROUTES.health}`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ status: 'ok' });
  await server.kill();
  expect((await fetch(`${front.url}${ROUTES.health}`)).status).toBe(502);
  await server.start();
  expect((await fetch(`${front.url}${ROUTES.health}`)).status).toBe(200);
  await front.close();
});

test('O31 a setting of the front that makes no sense stops it with one line', async () => {
  const wrong: [settings: Record<string, string>, name: string][] = [
    [{ SERVER_ADDRESS: 'server' }, 'SERVER_ADDRESS'],
    [{ SERVER_ADDRESS: "x';:80" }, 'SERVER_ADDRESS'],
    [{ SERVER_ADDRESS: 'server:http' }, 'SERVER_ADDRESS'],
    [{ HTTP_PORT: 'http' }, 'HTTP_PORT'],
    [{ APP_FOLDER: '/nowhere' }, 'APP_FOLDER'],
  ];
  for (const [settings, name] of wrong) {
    const child = spawnWebFront({ RUN_FOLDER: '/nowhere/at/all', ...settings });
    const [said, [code]] = await Promise.all([
      child.stderr ? text(child.stderr) : '',
      once(child, 'exit'),
    ]);
    expect(code).toBe(1);
    expect(said).toContain(name);
    expect(said.trim().split('\n')).toHaveLength(1);
  }
});
