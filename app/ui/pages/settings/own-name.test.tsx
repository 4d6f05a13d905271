import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { cleanNote, ownName } from '../../incidents/own-name.ts';
import { OwnName } from './own-name.tsx';

describe('the name of the user', () => {
  it('U127 is kept on this device, as a server takes it', async () => {
    const { unmount } = render(<OwnName />);
    await userEvent.type(screen.getByRole('textbox', { name: /Your name/ }), ' Ann Lee ');
    expect(ownName()).toBe('Ann Lee');
    unmount();
    render(<OwnName />);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /Your name/ }).value).toBe(
      'Ann Lee',
    );
    localStorage.setItem('burnrate.name', `A\u0000\ud800nn\n${'x'.repeat(200)}`);
    expect(ownName()).toBe(`Ann${'x'.repeat(94)}`);
  });

  it('U127 comes with notes that a server takes', () => {
    expect(cleanNote(' two\nlines\tand\u0007 a half \ud83d ')).toBe('two\nlines\tand a half');
    expect(cleanNote('x'.repeat(3_000))).toHaveLength(2_000);
  });
});
