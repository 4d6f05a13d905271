import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { buildId } from './scripts/build-id.js';

const API_PORT = process.env['PORT'] ?? '8787';

export default defineConfig({
  root: 'app',
  publicDir: 'public',
  define: { __BUILD__: JSON.stringify(buildId()) },
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    sourcemap: true,
    target: 'es2022',
    // Of what the page loads, nothing does any work when a property or a global is read.
    rolldownOptions: {
      treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
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
