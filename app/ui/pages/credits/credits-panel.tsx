import type { ReactNode } from 'react';
import { ageOf } from '#core/view/freshness.ts';
import { isOffline } from '../../connection-label.ts';
import { PanelBoundary } from '../../panels/panel-boundary.tsx';
import { serverNowMs } from '../../selectors.ts';
import type { PageState } from '../../store.ts';
import { usePage } from '../../use-page.ts';

/** Two questions and a half: one that was missed makes nothing old. */
const OLD_AFTER_MS = 150_000;

interface CreditsPanelProps {
  /** Its accessible name, which is also its title. */
  readonly name: string;
  readonly heardAtMs: number;
  /** Stand beside the title. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** One tile of the page; old numbers lose their colour. */
export function CreditsPanel({ name, heardAtMs, controls, children }: CreditsPanelProps) {
  const freshness = usePage((page) => creditsFreshness(page, heardAtMs));
  return (
    <section
      className={`panel credits-${name.split(' ')[0]?.toLowerCase()}`}
      aria-label={name}
      data-freshness={freshness}
    >
      <header className="panel-header">
        <h3>{name}</h3>
        {controls}
      </header>
      <div className="panel-body">
        <PanelBoundary>{children}</PanelBoundary>
      </div>
    </section>
  );
}

/** @param heardAtMs when the server last said so, by its own clock */
export function creditsFreshness(page: PageState, heardAtMs: number): 'live' | 'stale' | 'offline' {
  const ageMs = ageOf(heardAtMs, serverNowMs(page));
  if (isOffline(page.connection, page.now.steadyMs)) return 'offline';
  return ageMs !== null && ageMs < OLD_AFTER_MS ? 'live' : 'stale';
}
