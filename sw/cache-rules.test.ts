import { describe, expect, it } from 'vitest';
import { SERVER_PATHS } from '#core/wire/routes.ts';
import { storedAnswerTo } from './cache-rules.ts';

const ORIGIN = 'https://burnrate.example';
const SHELL = `${ORIGIN}/index.html`;
const SCRIPT = `${ORIGIN}/assets/index-1a2b3c.js`;
const STORED = new Set([SHELL, SCRIPT, `${ORIGIN}/icon.svg`]);

function answerTo(path: string, request: { method?: string; mode?: string } = {}): string | null {
  const url = new URL(path, ORIGIN).href;
  const asked = { method: 'GET', mode: 'navigate', ...request, url };
  return storedAnswerTo(asked, ORIGIN, (candidate) => STORED.has(candidate));
}

describe('the rules of the service worker', () => {
  it.each(SERVER_PATHS)('W2 never touches %s, in whatever way it is asked for', (path) => {
    for (const mode of ['navigate', 'cors', 'same-origin', 'no-cors']) {
      expect(answerTo(path, { mode })).toBeNull();
      expect(answerTo(`${path}/deeper?since=0`, { mode })).toBeNull();
      expect(answerTo(`${path}?since=0`, { mode })).toBeNull();
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('W2 never touches a %s', (method) => {
    expect(answerTo('/', { method })).toBeNull();
    expect(answerTo(SCRIPT, { method, mode: 'no-cors' })).toBeNull();
  });

  it('W2 never touches what another origin should answer', () => {
    expect(answerTo('https://elsewhere.example/index.html')).toBeNull();
    expect(answerTo('http://burnrate.example/')).toBeNull();
  });

  it.each(['/', '/?from=mail', '/history/march', '/#spend', '/apidocs', '/usages'])(
    'W3 answers a navigation to %s with the stored page',
    (path) => expect(answerTo(path)).toBe(SHELL),
  );

  it('W4 answers a built file with the stored one, also when it is opened by itself', () => {
    expect(answerTo(SCRIPT, { mode: 'cors' })).toBe(SCRIPT);
    expect(answerTo('/icon.svg')).toBe(`${ORIGIN}/icon.svg`);
  });

  it('W4 leaves a file that was not built with this version to the server', () => {
    expect(answerTo('/assets/index-000000.js', { mode: 'cors' })).toBeNull();
  });
});
