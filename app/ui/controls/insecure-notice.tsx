import { useState } from 'react';
import '../theme/insecure.css';

/**
 * For a page that came over plain HTTP from another machine: browsers then give it no service worker, no locks
 * between tabs and no wake lock. Everything else works, as long as the server does.
 */
export function InsecureNotice() {
  const [isHidden, hide] = useState(false);
  if (isHidden) return null;
  const { host, port, pathname, search } = window.location;
  const local = `http://localhost${port === '' ? '' : `:${port}`}`;
  return (
    <section className="notice insecure" aria-label="Online only">
      <div>
        <h2>Online only: this page is not a secure context</h2>
        <p>
          It came over plain HTTP, where browsers offer no service worker, no locks and no wake
          lock: it cannot be installed or opened without its server, each tab fetches for itself,
          and a screen may fall asleep. Open{' '}
          <strong>{`https://${host}${pathname}${search}`}</strong> once the server has a
          certificate, or <strong>{local}</strong> on the server’s own machine.
        </p>
      </div>
      <button type="button" onClick={() => hide(true)}>
        Hide
      </button>
    </section>
  );
}
