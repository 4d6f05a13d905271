import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import { renderPage } from '#app/testing/page.tsx';
import { alertChoice } from '../../alerts/alert-choice.ts';
import { NotificationSection } from './notifications.tsx';

const ON = { ...DEFAULT_LIVE_SETTINGS, isNotifying: true };

/** A browser in which the user answers so. */
function aBrowser(before: NotificationPermission, answer: NotificationPermission = before) {
  const browser = { permission: before, asked: 0 };
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', { ...navigator, serviceWorker: {} });
  vi.stubGlobal('Notification', {
    get permission() {
      return browser.permission;
    },
    requestPermission: async () => {
      browser.asked++;
      browser.permission = answer;
      return answer;
    },
  });
  return browser;
}

function renderSection(settings = DEFAULT_LIVE_SETTINGS) {
  const onConfigure = vi.fn();
  renderPage(<NotificationSection onConfigure={onConfigure} />, { settings });
  return onConfigure;
}

const turnOn = () =>
  screen.getByRole<HTMLButtonElement>('button', { name: 'Turn on notifications' });
const said = () => screen.getByRole('status').textContent;

describe('the settings for notifications', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it('U158 asks only once the user turns them on, by keyboard too', async () => {
    const browser = aBrowser('default', 'granted');
    const onConfigure = renderSection();
    expect(said()).toBe('Off. The browser will ask you.');
    expect(browser.asked).toBe(0);
    const user = userEvent.setup();
    await user.tab();
    expect(document.activeElement).toBe(turnOn());
    await user.keyboard('{Enter}');
    expect(browser.asked).toBe(1);
    expect(onConfigure).toHaveBeenCalledWith(ON);
  });

  it('U158 turns them on without a question where the browser allows them, and off again', async () => {
    const browser = aBrowser('granted');
    const onConfigure = renderSection(ON);
    expect(said()).toBe('On.');
    await userEvent.click(screen.getByRole('button', { name: 'Turn off' }));
    expect(onConfigure).toHaveBeenCalledWith(DEFAULT_LIVE_SETTINGS);
    expect(browser.asked).toBe(0);
  });

  it('U158 says how to undo a refusal, and notices when that was done', async () => {
    const browser = aBrowser('default', 'denied');
    const onConfigure = renderSection();
    await userEvent.click(turnOn());
    expect(said()).toContain('This browser blocks them for this site. To undo that, open');
    expect(turnOn().disabled).toBe(true);
    expect(onConfigure).not.toHaveBeenCalled();
    browser.permission = 'granted';
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(said()).toBe('Off. The browser allows them.');
    expect(turnOn().disabled).toBe(false);
  });

  it('U158 lets a question be asked again that was closed', async () => {
    const browser = aBrowser('default');
    const onConfigure = renderSection();
    await userEvent.click(turnOn());
    expect(said()).toBe('The question was closed without an answer; ask once more.');
    await userEvent.click(turnOn());
    expect(browser.asked).toBe(2);
    expect(onConfigure).not.toHaveBeenCalled();
  });

  it('U158 does not say on when the browser has taken the permission back', () => {
    aBrowser('denied');
    renderSection(ON);
    expect(screen.queryByRole('button', { name: 'Turn off' })).toBeNull();
    expect(said()).toContain('blocks them');
  });

  it('U158 says where there are none', () => {
    aBrowser('default');
    vi.stubGlobal('isSecureContext', false);
    renderSection();
    expect(said()).toContain('none over plain HTTP');
    expect(turnOn().disabled).toBe(true);
  });

  it('U158 says when the browser has none', () => {
    aBrowser('default');
    vi.stubGlobal('navigator', { userAgent: 'x' });
    renderSection();
    expect(said()).toBe('This browser has none.');
    expect(turnOn().disabled).toBe(true);
  });

  it('U159 keeps on this device from which severity on they are shown', async () => {
    aBrowser('granted');
    renderSection(ON);
    const least = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Notify me of' });
    expect(least.value).toBe('major');
    await userEvent.selectOptions(least, 'critical ones only');
    expect(alertChoice()).toEqual({ least: 'critical', isSoundOn: false });
  });

  it('U159 has no tone until it is wanted, and says when the browser plays none', async () => {
    aBrowser('granted');
    renderSection(ON);
    const sound = screen.getByRole<HTMLInputElement>('checkbox', { name: /A short tone/ });
    expect(sound.checked).toBe(false);
    await userEvent.click(sound);
    expect(alertChoice().isSoundOn).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Try it' }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'This browser plays no sound here.',
    );
  });

  it('U159 plays two notes when it is tried', async () => {
    aBrowser('granted');
    const notes: number[] = [];
    class Node {
      readonly gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() };
      readonly stop = vi.fn();
      readonly connect = <T,>(next: T) => next;
      readonly #hertz: number;
      constructor(_: unknown, { frequency = 0 }: { frequency?: number }) {
        this.#hertz = frequency;
      }
      start() {
        notes.push(this.#hertz);
      }
    }
    vi.stubGlobal('navigator', { ...navigator, userActivation: { hasBeenActive: true } });
    vi.stubGlobal('GainNode', Node);
    vi.stubGlobal('OscillatorNode', Node);
    vi.stubGlobal(
      'AudioContext',
      class {
        readonly currentTime = 0;
        readonly resume = async () => undefined;
      },
    );
    renderSection(ON);
    await userEvent.click(screen.getByRole('button', { name: 'Try it' }));
    await waitFor(() => expect(notes).toEqual([660, 880]));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
