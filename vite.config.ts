import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
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
      'app/ui/(format|time-format|selectors|url|route|device-storage|zone-choice|store|use-page|element-size)[.]',
      'core/(time/zone|time/resolution|view/freshness|view/filter|view/window)[.]',
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
      output: { codeSplitting: { groups: [BASE] } },
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
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '../sw',
      filename: 'sw.ts',
      injectRegister: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{js,css,html,svg,png,woff2,webmanifest}'],
      },
      manifest: {
        name: 'Burnrate',
        short_name: 'Burnrate',
        description: 'What your AI costs, live, and still there when the server is not.',
        start_url: '/',
        display: 'standalone',
        background_color: '#0d1117',
        theme_color: '#0d1117',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
});
