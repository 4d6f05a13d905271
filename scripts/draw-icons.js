// `npm run draw:icons`: draws the icons of the app anew from `app/public/icon.svg`, in the Chromium of the tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './find-chromium.js';

const folder = fileURLToPath(new URL('../app/public', import.meta.url));
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
const mark = /<g id="mark">[^]*<\/g>/.exec(svg)?.[0];
if (mark === undefined) throw new Error('icon.svg has no group with the id "mark"');

const GROUND = '#0d1117';
const TILE = `<rect width="512" height="512" fill="${GROUND}"/>`;

/** @param {string} content @returns {string} on the 512 units of icon.svg */
const drawing = (content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${content}</svg>`;

/**
 * Fills the square, which systems cut to a shape of theirs.
 * @param {number} scale of the mark, which is 73 % of the width at 1
 */
const whole = (scale) =>
  drawing(
    `${TILE}<g transform="translate(256 256) scale(${scale}) translate(-256 -259)">${mark}</g>`,
  );

/** @param {string} lines in the middle 256 units of a round tile */
const shortcut = (lines) =>
  drawing(
    `<circle cx="256" cy="256" r="256" fill="${GROUND}"/><g fill="none" stroke="#ff8b4a" stroke-width="30" stroke-linecap="round" stroke-linejoin="round">${lines}</g>`,
  );

/** @type {readonly { readonly name: string, readonly size: number, readonly from: string }[]} */
const ICONS = [
  { name: 'icon-192', size: 192, from: svg },
  { name: 'icon-512', size: 512, from: svg },
  // The safe zone of a maskable icon is a circle of 80 % of the width: the corners of the mark are well within it.
  { name: 'icons/maskable-192', size: 192, from: whole(0.84) },
  { name: 'icons/maskable-512', size: 512, from: whole(0.84) },
  { name: 'icons/apple-touch', size: 180, from: whole(0.95) },
  {
    name: 'icons/live',
    size: 96,
    from: shortcut('<path d="M120 272h64l40-112 64 208 44-144 20 48h40"/>'),
  },
  {
    name: 'icons/credits',
    size: 96,
    from: shortcut(
      '<ellipse cx="256" cy="172" rx="112" ry="44"/><path d="M144 172v84c0 24 50 44 112 44s112-20 112-44v-84M144 256v84c0 24 50 44 112 44s112-20 112-44v-84"/>',
    ),
  },
  {
    name: 'icons/wall',
    size: 96,
    from: shortcut(
      '<rect x="124" y="148" width="264" height="168" rx="20"/><path d="M256 316v60M192 376h128"/>',
    ),
  },
];

const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
const page = await browser.newPage();
for (const { name, size, from } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100%}</style>${from}`);
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
}
await browser.close();
