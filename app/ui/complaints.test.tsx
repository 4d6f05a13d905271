import { describe, expect, it, vi } from 'vitest';
import { expectNoComplaints } from '#app/testing/complaints.ts';
import { renderPage } from '#app/testing/page.tsx';
import { SourceLine } from './controls/source-line.tsx';

const storage = { kind: 'memory-only', why: 'full' } as const;

/** A change of the state that React does not know the end of. */
const changeUnseen = () => renderPage(<SourceLine />).store.setState({ storage });

describe('a test of the page', () => {
  it('U85 fails after an error on the console', () => {
    changeUnseen();
    expect(expectNoComplaints).toThrow('not wrapped in act');
    expect(expectNoComplaints).not.toThrow();
  });

  it('U85 fails after a warning', () => {
    // oxlint-disable-next-line no-console -- what is tested
    console.warn('%s is deprecated', 'It');
    expect(expectNoComplaints).toThrow('It is deprecated');
  });

  it('U85 may expect what is written', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    changeUnseen();
    expect(complain).toHaveBeenCalled();
    expect(expectNoComplaints).not.toThrow();
  });
});
