import { CACHE_LIMITS_BYTES, type LiveSettings } from '#core/live/settings.ts';
import { formatBytes } from '../../format.ts';
import { usePage } from '../../use-page.ts';

const NAMES = ['Keep less', 'Keep as usual', 'Keep more'] as const;

/** How much of this device the cache may take. */
export function StorageRoom({ onConfigure }: { onConfigure: (settings: LiveSettings) => void }) {
  const settings = usePage((page) => page.settings);
  return (
    <section className="panel setting" aria-label="How much to keep">
      <h3>How much to keep</h3>
      <p className="quiet">
        Without a server you can look back a day at 5 seconds, 30 days at 1 minute and 400 days at 1
        hour, as far as there is room and as it was seen. What is oldest and finest goes first.
      </p>
      <fieldset className="choices">
        <legend className="for-screen-readers">Room for metrics</legend>
        {CACHE_LIMITS_BYTES.map((bytes, i) => (
          <label key={bytes}>
            <input
              type="radio"
              name="cache-bytes"
              checked={settings.cacheBytes === bytes}
              onChange={() => onConfigure({ ...settings, cacheBytes: bytes })}
            />
            {NAMES[i]} <span className="quiet">up to {formatBytes(bytes)}</span>
          </label>
        ))}
      </fieldset>
      <p className="quiet">Never more than half of what the browser allows this site.</p>
    </section>
  );
}
