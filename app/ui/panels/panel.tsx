import type { ReactNode } from 'react';
import { pageFreshness } from '../selectors.ts';
import { usePage } from '../use-page.ts';
import { AsOf } from './as-of.tsx';
import { PanelBoundary } from './panel-boundary.tsx';

interface PanelProps {
  /** Its accessible name, which is also its title. */
  readonly name: string;
  /** Share of the row on a wide page. */
  readonly width: 'quarter' | 'narrow' | 'half' | 'wide' | 'tall' | 'full';
  /** There is nothing to draw yet: a placeholder holds the room. */
  readonly isEmpty: boolean;
  /** Stand beside the title. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** One tile of the page: a title, how old its numbers are, and its content. */
export function Panel({ name, width, isEmpty, controls, children }: PanelProps) {
  const freshness = usePage(pageFreshness);
  return (
    <section
      className={`panel panel-${width}`}
      aria-label={name}
      aria-busy={isEmpty}
      data-freshness={freshness}
    >
      <header className="panel-header">
        <h2>{name}</h2>
        {controls}
        <AsOf />
      </header>
      <div className="panel-body">
        <PanelBoundary>{isEmpty ? <Skeleton /> : children}</PanelBoundary>
      </div>
    </section>
  );
}

function Skeleton() {
  return (
    <div className="skeleton" aria-hidden="true">
      <span className="skeleton-figure" />
      <span className="skeleton-note" />
      <span className="skeleton-body" />
    </div>
  );
}
