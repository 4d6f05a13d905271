import { defineConfig } from 'vite';
import { buildId } from '../scripts/build-id.js';

/** Builds the server to `dist/server/main.js`; packages stay outside, in `node_modules`. */
export default defineConfig({
  define: { __BUILD__: JSON.stringify(buildId()) },
  build: {
    ssr: true,
    rolldownOptions: {
      input: {
        main: 'mock-server/main.ts',
        // A thread is started by the file of its program.
        'ledger-worker': 'mock-server/ledger/embedded-worker.js',
        'detection-worker': 'mock-server/detection/detection-worker.ts',
      },
    },
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
  },
});
