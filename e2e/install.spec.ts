import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

interface Picture {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
  readonly form_factor?: 'narrow' | 'wide';
  readonly label?: string;
}

interface Manifest {
  readonly icons: readonly Picture[];
  readonly screenshots: readonly Picture[];
  readonly shortcuts: readonly { readonly url: string; readonly icons: readonly Picture[] }[];
}

async function manifestOf(page: Page): Promise<Manifest> {
  return page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    return (await fetch(link?.href ?? '')).json();
  });
}

/** Type and size of a file that the browser can decode, as a manifest would say them. */
async function decode(page: Page, src: string): Promise<string> {
  return page.evaluate(async (src) => {
    const reply = await fetch(src);
    const { width, height } = await createImageBitmap(await reply.blob());
    return `${reply.headers.get('content-type')} ${width}x${height}`;
  }, src);
}

test('W30 the browser finds nothing wrong with the app as it would be installed', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A profile of tests counts as a private window, which nothing can be installed from.
  const ids = installabilityErrors.map(({ errorId }) => errorId);
  expect(ids.filter((id) => id !== 'in-incognito')).toEqual([]);
  const { appId } = await devtools.send('Page.getAppId');
  expect(appId).toBe(`${server.url}/`);
});

test('W30 its pictures are of the types and sizes that they are said to be, and its shortcuts lead to pages', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const { icons, screenshots, shortcuts } = await manifestOf(page);
  const pictures = [...icons, ...screenshots, ...shortcuts.flatMap((one) => one.icons)];
  for (const { src, sizes, type } of pictures.filter(({ sizes }) => sizes !== 'any')) {
    expect(await decode(page, src), src).toBe(`${type} ${sizes}`);
  }
  expect(icons.map(({ sizes, purpose = 'any' }) => `${purpose} ${sizes}`).sort()).toEqual([
    'any 192x192',
    'any 512x512',
    'any any',
    'maskable 192x192',
    'maskable 512x512',
  ]);
  for (const { form_factor: form, sizes, label } of screenshots) {
    const [width = 0, height = 0] = sizes.split('x').map(Number);
    expect(form).toBe(width > height ? 'wide' : 'narrow');
    expect(Math.max(width, height) / Math.min(width, height)).toBeLessThan(2.3);
    expect(label).not.toBe('');
  }
  expect(new Set(screenshots.map((one) => one.form_factor)).size).toBe(2);
  const apple = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
  expect(await decode(page, apple ?? '')).toBe('image/png 180x180');

  for (const { url } of shortcuts) {
    await page.goto(server.url + url);
    const current = page.locator('nav [aria-current=page], main.wall');
    await expect(current).toBeVisible();
  }
});

/**
 * How far from the middle the farthest pixel is that is not of the ground, as a share of the width, and whether every
 * pixel hides what is behind it.
 */
async function markOf(page: Page, src: string): Promise<{ reach: number; isWhole: boolean }> {
  return page.evaluate(async (src) => {
    const image = await createImageBitmap(await (await fetch(src)).blob());
    const { width } = image;
    const context = new OffscreenCanvas(width, width).getContext('2d');
    context?.drawImage(image, 0, 0);
    const data = context?.getImageData(0, 0, width, width).data ?? new Uint8ClampedArray();
    let reach = 0;
    let isWhole = data.length > 0;
    for (let at = 0; at < data.length; at += 4) {
      const isGround = [0, 1, 2].every((i) => Math.abs((data[at + i] ?? 0) - (data[i] ?? 0)) < 8);
      const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
      if (!isGround) reach = Math.max(reach, Math.hypot(x - width / 2, y - width / 2) / width);
      isWhole &&= data[at + 3] === 255;
    }
    return { reach, isWhole };
  }, src);
}

test('W31 whatever shape a system cuts icons to, the mark stays whole', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  const { icons } = await manifestOf(page);
  const maskable = icons.filter(({ purpose }) => purpose === 'maskable');
  expect(maskable.length).toBeGreaterThan(0);
  for (const { src } of [...maskable, { src: '/icons/apple-touch.png' }]) {
    const { reach, isWhole } = await markOf(page, src);
    expect(isWhole, src).toBe(true);
    expect(reach, src).toBeGreaterThan(0.2);
    expect(reach, src).toBeLessThan(0.4);
  }
});

test('W32 what only an installation needs is not fetched for everybody', async ({
  server,
  profile,
}) => {
  const page = await profile.open(server.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const stored = await page.evaluate(async () => {
    const lists = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(lists)).flat().map(({ url }) => new URL(url).pathname);
  });
  expect(stored).toContain('/index.html');
  expect(stored.filter((path) => path.endsWith('.png'))).toEqual(['/icon-192.png']);
});

/** Where the window's own buttons leave room in its title bar, in a window of a width. */
const BUTTONS = [
  { side: 'right', roomIn: (width: number) => ({ x: 0, width: width - 190 }) },
  { side: 'left', roomIn: (width: number) => ({ x: 90, width: width - 90 }) },
] as const;

const BAR_HEIGHT = 33;

/** Lets the styles of an app without a title bar hold, as the tools of the browser do it: no window of a test has any. */
async function hideTitleBar(page: Page, room: { x: number; width: number }): Promise<void> {
  const values: Readonly<Record<string, number>> = { ...room, y: 0, height: BAR_HEIGHT };
  await page.evaluate(async (values) => {
    const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];
    const texts = await Promise.all(links.map(async ({ href }) => (await fetch(href)).text()));
    const style = document.createElement('style');
    const area = /env\(titlebar-area-(\w+), ?[^)]*\)/g;
    style.textContent = texts
      .join('\n')
      .replaceAll(/\(display-mode: ?window-controls-overlay\)/g, 'all')
      .replaceAll(area, (_, name: string) => `${values[name]}px`);
    document.head.append(style);
  }, values);
}

/** What of the header is not between the window's buttons, and what there is pressed would move the window instead. */
async function misplaced(page: Page, room: { x: number; width: number }): Promise<string[]> {
  return page.evaluate(
    ({ x, width, barHeight }) => {
      const parts = [...document.querySelectorAll('.page-header *')].filter(
        (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1,
      );
      const isUnder = (one: Element) => {
        const { left, right, top } = one.getBoundingClientRect();
        return top < barHeight && (left < x || right > x + width);
      };
      const wouldMove = (one: Element) =>
        one.matches('a, button, input, select') &&
        getComputedStyle(one).getPropertyValue('app-region') !== 'no-drag';
      return parts
        .filter((one) => isUnder(one) || wouldMove(one))
        .map((one) => `${one.tagName} ${one.textContent}`);
    },
    { ...room, barHeight: BAR_HEIGHT },
  );
}

for (const { side, roomIn } of BUTTONS) {
  test(`W36 the header takes the place of the title bar, with nothing under the buttons on the ${side}`, async ({
    server,
    profile,
  }) => {
    const page = await profile.open(server.url);
    for (const width of [1440, 1100, 720]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(server.url);
      await expect(page.getByRole('region', { name: 'Spend rate' })).toContainText('$');
      const room = roomIn(width);
      const header = page.getByRole('banner');
      expect(await misplaced(page, room), 'without the styles of the app').not.toEqual([]);
      await hideTitleBar(page, room);
      await expect(header).toHaveCSS('app-region', 'drag');
      expect(await misplaced(page, room), `${width} px wide`).toEqual([]);
      await page.mouse.wheel(0, 400);
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(150);
      const { x = 1, y = 1, width: wide = 0 } = (await header.boundingBox()) ?? {};
      expect([x, y]).toEqual([0, 0]);
      expect(wide).toBeGreaterThan(width - 20);
    }
  });
}
