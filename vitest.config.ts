import { defineConfig } from 'vitest/config';

const reports = process.env['REPORT_DIR'];

export default defineConfig({
  test: {
    reporters: reports
      ? ['default', ['json', { outputFile: `${reports}/vitest.json` }]]
      : ['default'],
    // A guard against what hangs: machines that are busy with other things are slow.
    testTimeout: 30_000,
    projects: [
      {
        define: { __BUILD__: '"test"' },
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{core,sw,mock-server,docs,scripts}/**/*.test.ts',
            'app/{database,worker,protocol,testing}/**/*.test.ts',
          ],
        },
      },
      {
        define: { __BUILD__: '"test"' },
        test: {
          name: 'page',
          environment: 'happy-dom',
          include: ['app/ui/**/*.test.{ts,tsx}'],
          setupFiles: ['app/testing/page-setup.ts'],
        },
      },
    ],
  },
});
