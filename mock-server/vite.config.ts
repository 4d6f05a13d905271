import { defineConfig } from 'vite';
import { buildId } from '../scripts/build-id.js';

/** Builds the server to `dist/server/main.js`; packages stay outside, in `node_modules`. */
export default defineConfig({
  define: { __BUILD__: JSON.stringify(buildId()) },
  build: {
    ssr: 'mock-server/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
  },
});
