import type { ReactNode } from 'react';
import { usePage } from '../use-page.ts';

/** What the user should know beside the numbers; it floats, so that nothing moves when it appears. */
export function Notices({ onReload, children }: { onReload: () => void; children?: ReactNode }) {
  const failure = usePage((page) => page.workerFailure);
  const isUpdateReady = usePage((page) => page.isUpdateReady);
  return (
    <section className="notices" aria-label="Notices">
      {children}
      {failure && (
        <div className="toast toast-failure" role="alert">
          <p>{failure} What you see may no longer change.</p>
          <button type="button" onClick={() => window.location.reload()}>
            Reload
          </button>
        </div>
      )}
      {isUpdateReady && (
        <div className="toast" role="status" aria-label="Update">
          <p>A new version is ready</p>
          <button type="button" onClick={onReload}>
            Reload
          </button>
        </div>
      )}
    </section>
  );
}
