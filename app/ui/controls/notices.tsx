import { type ReactNode, Suspense } from 'react';
import type { StorageStatus } from '#app/protocol/messages.ts';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { PanelBoundary } from '../panels/panel-boundary.tsx';
import type { PageState } from '../store.ts';
import { usePage } from '../use-page.ts';

// Most addresses are understood.
const AddressNotice = lazyAfterPaint(
  async () => (await import('./address-notice.tsx')).AddressNotice,
);

// Most visits decide nothing.
const DecisionToast = lazyAfterPaint(
  async () => (await import('../incidents/decision-toast.tsx')).DecisionToast,
);

// Nor does the page ask for anything while it is new.
const InstallHint = lazyAfterPaint(
  async () => (await import('../install/install-hint.tsx')).InstallHint,
);

/** Another tab has a build whose database is not this one's. */
function isOvertaken(storage: StorageStatus | null): boolean {
  return storage?.kind === 'memory-only' && ['newer', 'blocked'].includes(storage.why);
}

/** Where the figures are, and not where it is said anyway. */
function isHintDue({ isInstallHinted, frame, route }: PageState): boolean {
  return isInstallHinted && frame !== null && route !== 'settings';
}

/** What the user should know beside the numbers; it floats, so that nothing moves when it appears. */
export function Notices({ onReload, children }: { onReload: () => void; children?: ReactNode }) {
  const failure = usePage((page) => page.workerFailure);
  const hasAddressProblem = usePage((page) => page.addressProblems.length > 0);
  const hasDecided = usePage((page) => page.decided !== null);
  const isInstallHinted = usePage(isHintDue);
  const isUpdateReady = usePage((page) => page.isUpdateReady);
  const isCodeGone = usePage((page) => page.isCodeGone);
  const isOutdated = usePage((page) => isOvertaken(page.storage));
  return (
    <section className="notices" aria-label="Notices">
      {children}
      {hasDecided && (
        <PanelBoundary name="What you decided">
          <Suspense fallback={null}>
            <DecisionToast />
          </Suspense>
        </PanelBoundary>
      )}
      {hasAddressProblem && (
        <PanelBoundary name="The notice about the address">
          <Suspense fallback={null}>
            <AddressNotice />
          </Suspense>
        </PanelBoundary>
      )}
      {isInstallHinted && (
        <PanelBoundary name="The hint about installing">
          <Suspense fallback={null}>
            <InstallHint />
          </Suspense>
        </PanelBoundary>
      )}
      {failure && (
        <div className="toast toast-failure" role="alert">
          <p>{failure} What you see may no longer change.</p>
          <button type="button" onClick={() => window.location.reload()}>
            Reload
          </button>
        </div>
      )}
      {isOutdated && (
        <Offer
          name="Storage"
          text="Another version of Burnrate uses this browser’s storage. This tab stores nothing."
          onReload={onReload}
        />
      )}
      {isUpdateReady && !isOutdated && (
        <Offer name="Update" text="A new version is ready" onReload={onReload} />
      )}
      {isCodeGone && !isUpdateReady && !isOutdated && (
        <Offer
          name="Update"
          text="The server has another version now, and parts of this one can no longer be loaded."
          onReload={onReload}
        />
      )}
    </section>
  );
}

interface OfferProps {
  readonly name: string;
  readonly text: string;
  readonly onReload: () => void;
}

/** Loading the page anew is up to the user. */
function Offer({ name, text, onReload }: OfferProps) {
  return (
    <div className="toast" role="status" aria-label={name}>
      <p>{text}</p>
      <button type="button" onClick={onReload}>
        Reload
      </button>
    </div>
  );
}
