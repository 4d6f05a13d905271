import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './scripts/find-chromium.js';
import { testsWithoutNginx } from './scripts/find-nginx.js';

const reports = process.env['REPORT_DIR'];

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: testsWithoutNginx(),
  globalSetup: './e2e/prepare-data.ts',
  outputDir: '.reports/e2e',
  // Each test starts its own server on its own port, so files may run side by side; two cores carry two.
  workers: 2,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Only where everything runs: a browser may hang once. Who works on a test sees each failure.
  retries: reports ? 1 : 0,
  forbidOnly: true,
  reporter: reports
    ? [['list'], ['json', { outputFile: `${reports}/playwright.json` }]]
    : [['list']],
  use: {
    launchOptions: {
      executablePath: findChromium(),
      args: CHROMIUM_FLAGS,
    },
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
