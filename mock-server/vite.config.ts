import { defineConfig } from 'vite';

/** Builds the server to `dist/server/main.js`; packages stay outside, in `node_modules`. */
export default defineConfig({
  build: {
    ssr: 'mock-server/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
  },
});
