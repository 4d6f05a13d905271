import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { isFull } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

const choose = (page: Page, span: string) =>
  page.getByRole('radio', { name: span, exact: true }).check({ force: true });

/** Size of a PNG as the browser decodes it, how many colours it has, and how many pixels of the chart's line. */
async function decoded(page: Page, png: Buffer) {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    const pixels = new Uint32Array(new Uint8Array(data).buffer);
    const line = document.querySelector('.chart-area path.recharts-area-curve');
    const [r = 0, g = 0, b = 0] =
      (line ? getComputedStyle(line).stroke : '').match(/\d+/g)?.map(Number) ?? [];
    const ofLine = pixels.filter(
      (one) => one === new Uint32Array(new Uint8Array([r, g, b, 255]).buffer)[0],
    );
    const colours = new Set(pixels).size;
    return { width: image.width, height: image.height, colours, linePixels: ofLine.length };
  }, png.toString('base64'));
}

test('U90 the chart is saved as a picture with the server dead', async ({ server, profile }) => {
  profile.expectComplaint(/ERR_CONNECTION_REFUSED/);
  const page = await profile.open(server.url);
  const dashboard = new Dashboard(page);
  await dashboard.isKept();
  await isFull(page, server.url);
  await server.kill();
  await page.reload();
  await choose(page, '1 h');
  await expect(dashboard.tokenUsage).toContainText('in the last 1 h');
  const plot = await dashboard.tokenUsage.getByRole('application').boundingBox();
  if (!plot) throw new Error('there is no chart');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the chart as PNG' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(
    /^burnrate-\d{4}-\d\d-\d\dT\d{4}Z-\d{4}-\d\d-\d\dT\d{4}Z-5s\.png$/,
  );
  const png = readFileSync(await download.path());
  const { width, height, colours, linePixels } = await decoded(page, png);
  expect(width).toBe(Math.round((plot.width + 48) * 2));
  expect(height).toBeGreaterThan(2 * plot.height);
  // Text and lines have smooth edges: an empty picture has one colour.
  expect(colours).toBeGreaterThan(50);
  expect(linePixels).toBeGreaterThan(plot.width / 2);
});
