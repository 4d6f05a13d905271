import { install } from '../../install/install-watch.ts';
import { type InstallWay, installWay } from '../../install/install-way.ts';
import { INSTALL_BY_HAND } from '../../install/install-words.ts';
import { usePage, usePageStore } from '../../use-page.ts';

const HOW: Readonly<Record<InstallWay, string>> = {
  ...INSTALL_BY_HAND,
  prompt: 'This browser can install it now.',
  installed: 'This is the installed app.',
  insecure: 'This page came over plain HTTP, which no browser installs an app from.',
  unknown:
    'This browser has not offered it. Its menu may say “Install”, “Apps” or “Add to Home screen”; it may be installed already.',
};

/** The page as an app: whether it is one, and how it becomes one. */
export function InstallApp() {
  const store = usePageStore();
  const way = installWay(usePage((page) => page.installPrompt !== null));
  return (
    <section className="panel setting" aria-label="Install">
      <h3>Install</h3>
      <p className="quiet">
        As an app Burnrate has a window and an icon of its own, opens without the server, and
        browsers are readier to keep its data.
      </p>
      <div className="setting-line">
        <p>{HOW[way]}</p>
        {way === 'prompt' && (
          <button type="button" onClick={() => void install(store)}>
            Install
          </button>
        )}
      </div>
    </section>
  );
}
