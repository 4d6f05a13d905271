import { type LiveSettings, POLL_INTERVALS_MS, type TransportChoice } from '#core/live/settings.ts';
import { usePage } from '../use-page.ts';

const TRANSPORTS: Readonly<Record<TransportChoice, string>> = {
  automatic: 'Automatic',
  streaming: 'Streaming',
  polling: 'Polling',
};

interface LiveControlsProps {
  readonly onConfigure: (settings: LiveSettings) => void;
}

/** Pause, and how live data arrive; all tabs of this browser follow. */
export function LiveControls({ onConfigure }: LiveControlsProps) {
  const settings = usePage((page) => page.settings);
  const { isPaused, intervalMs, transport } = settings;
  const transports = Object.keys(TRANSPORTS) as TransportChoice[]; // an object literal has exactly these keys
  return (
    <div className="live-controls" role="group" aria-label="Live data">
      <button type="button" onClick={() => onConfigure({ ...settings, isPaused: !isPaused })}>
        {isPaused ? 'Resume' : 'Pause'}
      </button>
      <label>
        <span className="for-screen-readers">Transport</span>
        <select
          value={transport}
          onChange={({ target }) => {
            const chosen = transports.find((one) => one === target.value);
            if (chosen) onConfigure({ ...settings, transport: chosen });
          }}
        >
          {transports.map((one) => (
            <option key={one} value={one}>
              {TRANSPORTS[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="for-screen-readers">Polling interval</span>
        <select
          value={intervalMs}
          onChange={({ target }) => onConfigure({ ...settings, intervalMs: Number(target.value) })}
        >
          {POLL_INTERVALS_MS.map((ms) => (
            <option key={ms} value={ms}>
              every {ms / 1_000} s
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
