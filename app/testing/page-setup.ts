import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, vi } from 'vitest';
import { afterPaint } from '#app/ui/after-paint.ts';
import { collectComplaints, expectNoComplaints } from './complaints.ts';

// React asks for this flag before it lets tests wait for its work.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

collectComplaints();

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
  vi.useRealTimers();
  expectNoComplaints();
});

afterAll(async () => {
  // Code that no test has waited for: what it complains of when it comes at last.
  await afterPaint();
  await vi.dynamicImportSettled();
  expectNoComplaints();
});
