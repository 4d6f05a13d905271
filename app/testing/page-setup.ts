import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// React asks for this flag before it lets tests wait for its work.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
