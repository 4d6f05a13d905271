import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '#app/testing/page.tsx';
import { SourceLine } from './source-line.tsx';

const SOURCE = { kind: 'trace', label: 'replay x600 of a trace', isLatencyModelled: true } as const;

describe('the source line', () => {
  it('U18 says where the numbers come from', () => {
    renderPage(<SourceLine />, { source: SOURCE, storage: { kind: 'writer' } });
    expect(screen.getByText('replay x600 of a trace · latency is modelled')).toBeTruthy();
    expect(screen.queryByText(/Not saved/)).toBeNull();
  });

  it('U18 calls only a latency modelled that is', () => {
    renderPage(<SourceLine />, { source: { ...SOURCE, isLatencyModelled: false } });
    expect(screen.getByText('replay x600 of a trace')).toBeTruthy();
  });

  it('U18 says when nothing is kept on this device', () => {
    renderPage(<SourceLine />, { storage: { kind: 'memory-only', why: 'unavailable' } });
    expect(screen.getByText(/^Not saved on this device: /)).toBeTruthy();
  });
});
