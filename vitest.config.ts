import { defineConfig } from 'vitest/config';

/** A guard against what hangs, ms: machines that are busy with other things are slow. */
const TIMEOUT = { testTimeout: 30_000, hookTimeout: 30_000 };
const reports = process.env['REPORT_DIR'];

export default defineConfig({
  test: {
    // Its own number would leave one of two cores idle.
    maxWorkers: '100%',
    reporters: reports
      ? ['default', ['json', { outputFile: `${reports}/vitest.json` }]]
      : ['default'],
    projects: [
      {
        define: { __BUILD__: '"test"' },
        test: {
          ...TIMEOUT,
          name: 'node',
          environment: 'node',
          globalSetup: ['mock-server/ledger/testing/prepare-ledger.ts'],
          include: [
            '{core,sw,mock-server,docs,scripts}/**/*.test.ts',
            'app/{database,worker,protocol,testing}/**/*.test.ts',
          ],
        },
      },
      {
        define: { __BUILD__: '"test"' },
        test: {
          ...TIMEOUT,
          name: 'page',
          environment: 'happy-dom',
          include: ['app/ui/**/*.test.{ts,tsx}'],
          setupFiles: ['app/testing/page-setup.ts'],
        },
      },
    ],
  },
});
