import { usePage, usePageStore } from '../use-page.ts';
import { dismissInstallHint, install } from './install-watch.ts';
import { installWay } from './install-way.ts';
import { INSTALL_BY_HAND } from './install-words.ts';

/** Once, in passing: that the page can be installed, and how. */
export function InstallHint() {
  const store = usePageStore();
  const hasPrompt = usePage((page) => page.installPrompt !== null);
  const way = installWay(hasPrompt);
  return (
    <section className="toast install-hint" aria-label="Install">
      <p>
        <strong>Burnrate as an app</strong>: a window of its own, and it opens without the server.{' '}
        {(way === 'share' || way === 'dock') && INSTALL_BY_HAND[way]}
      </p>
      <div className="install-choices">
        {way === 'prompt' && (
          <button type="button" onClick={() => void install(store)}>
            Install
          </button>
        )}
        <button type="button" onClick={() => dismissInstallHint(store)}>
          No, thanks
        </button>
      </div>
    </section>
  );
}
