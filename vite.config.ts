import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';
import { buildId } from './scripts/build-id.js';

/**
 * What every page needs, in one file: left alone, each module that two pages share becomes a file of its own, and many
 * small ones are 1 % larger together.
 */
const BASE = {
  name: 'base',
  test: new RegExp(
    [
      'node_modules/(react|react-dom|scheduler|zustand|use-sync-external-store)/',
      'app/ui/(format|time-format|selectors|url|route|device-storage|zone-choice|store|use-page|element-size|lazy-after-paint)[.]',
      'core/(time/zone|time/resolution|view/freshness|view/filter|view/window)[.]',
    ].join('|'),
  ),
};

/** Every long list needs both. */
const TABLES = {
  name: 'tables',
  test: /node_modules.@tanstack.|app.ui.panels.(row-keys|customer-layout)[.]/,
};

/** What the parts of the live page share that follow its first paint: the cache, and what is said of incidents. */
const LATER = {
  name: 'later',
  test: new RegExp(
    [
      'node_modules/(dexie|dexie-react-hooks)/',
      'app/ui/(page-database|server-stats)[.]',
      'app/ui/incidents/(incident-words|severity-mark|shown-incidents|chart-marks|decide-here|decided-here|pick-incident|own-name)[.]',
      'core/(outbox/standing|anomaly/known-at)[.]',
    ].join('|'),
  ),
};

/**
 * The chart library looks scales up by name, so that all of them are in its bundle: those of time alone, which the page
 * does not use, would be 2 % of what it loads.
 */
const onlyUsedScales: Plugin = {
  name: 'only-used-scales',
  transform(code, id) {
    if (!/victory-vendor[/]es[/]d3-scale[.]js/.test(id)) return null;
    const used = 'export { scaleBand, scaleLinear, scalePoint } from "d3-scale";';
    const slim = code.replace(/export [*] from ["']d3-scale["'];?/, used);
    if (slim === code)
      this.error('the scales of the chart library are exported in another way now');
    return { code: slim, map: null };
  },
};

/**
 * Scales of this page are of numbers: what the chart library would also go between, colours and dates, is 1.5 % of what
 * the page loads.
 */
const NUMBERS_ALONE = fileURLToPath(new URL('app/ui/panels/between-numbers.ts', import.meta.url));
/**
 * Parts of the chart library that come with it and never run here, and what they export: each axis is given its domain
 * and its ticks (`niceTicks="none"`), each tip draws itself, no chart is round or moves with another. They would be 3 % of the page.
 */
const UNUSED_PARTS: Readonly<Record<string, readonly string[]>> = {
  'util/scale/getNiceTickValues': ['getNiceTickValues', 'getTickValuesFixedDomain'],
  'component/DefaultTooltipContent': ['DefaultTooltipContent'],
  'shape/Sector': ['Sector'],
  'synchronisation/useChartSynchronisation': [
    'useSynchronisedEventsFromOtherCharts',
    'useTooltipChartSynchronisation',
    'useBrushChartSynchronisation',
  ],
};

/** Leaves them out: a chart asks for its ticks once more before it knows its axes, and then gets none. */
const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  transform(_, id) {
    const part = /node_modules[/]recharts[/]es6[/](.*)[.]js$/.exec(id)?.[1] ?? '';
    const code = UNUSED_PARTS[part]?.map((name) => `export function ${name}() {}`);
    return code ? { code: code.join('\n'), map: null } : null;
  },
};

/** What a system shows of the app that is installed, or that may be; the pictures are made by scripts/draw-*.js. */
const MANIFEST: Partial<ManifestOptions> = {
  id: '/',
  name: 'Burnrate',
  short_name: 'Burnrate',
  description: 'What your AI costs, live, and still there when the server is not.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  display_override: ['window-controls-overlay', 'standalone'],
  background_color: '#0d1117',
  theme_color: '#0d1117',
  categories: ['business', 'finance', 'productivity', 'utilities'],
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    {
      src: '/icons/maskable-192.png',
      sizes: '192x192',
      type: 'image/png',
      purpose: 'maskable',
    },
    {
      src: '/icons/maskable-512.png',
      sizes: '512x512',
      type: 'image/png',
      purpose: 'maskable',
    },
  ],
  shortcuts: [
    { name: 'Live', description: 'What is spent now', url: '/', icons: [shortcutIcon('live')] },
    {
      name: 'Credits',
      description: 'What each message to an assistant cost',
      url: '/credits',
      icons: [shortcutIcon('credits')],
    },
    {
      name: 'Wall',
      description: 'Full screen, for a room',
      url: '/wall',
      icons: [shortcutIcon('wall')],
    },
  ],
  screenshots: [
    screenshot('live-wide', 'The live page: spend rate, key figures and token usage'),
    screenshot('credits-wide', 'Credits by day and by message'),
    screenshot('live-narrow', 'The live page on a phone'),
    screenshot('credits-narrow', 'Credits on a phone'),
  ],
};

function shortcutIcon(name: string) {
  return { src: `/icons/${name}.png`, sizes: '96x96', type: 'image/png' };
}

function screenshot(name: `${string}-${'wide' | 'narrow'}`, label: string) {
  const isWide = name.endsWith('wide');
  return {
    src: `/screenshots/${name}.png`,
    sizes: isWide ? '1280x800' : '780x1600',
    type: 'image/png',
    form_factor: isWide ? ('wide' as const) : ('narrow' as const),
    label,
  };
}

const API_PORT = process.env['PORT'] ?? '8787';

export default defineConfig({
  root: 'app',
  publicDir: 'public',
  define: { __BUILD__: JSON.stringify(buildId()) },
  resolve: { alias: { 'd3-interpolate': NUMBERS_ALONE } },
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    sourcemap: true,
    // What loads what, for the report of what the live page weighs.
    manifest: true,
    target: 'es2022',
    rolldownOptions: {
      // Of what the page loads, nothing does any work when a property or a global is read.
      treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
      output: { codeSplitting: { groups: [BASE, TABLES, LATER] } },
    },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/usage', '/upstream'].map((path) => [path, `http://localhost:${API_PORT}`]),
    ),
  },
  plugins: [
    react(),
    onlyUsedScales,
    withoutUnusedParts,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '../sw',
      filename: 'sw.ts',
      injectRegister: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{js,css,html,svg,woff2}', 'icon-192.png'],
      },
      // Whoever installs the app is sent them by the browser; nobody else needs them.
      includeManifestIcons: false,
      manifest: MANIFEST,
    }),
  ],
});
