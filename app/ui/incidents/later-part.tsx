import { type ReactNode, Suspense } from 'react';
import { PanelBoundary } from '../panels/panel-boundary.tsx';

/** A part whose code comes when it is first needed; it fails alone. */
export function LaterPart({ name, children }: { name: string; children: ReactNode }) {
  return (
    <PanelBoundary name={name}>
      <Suspense fallback={null}>{children}</Suspense>
    </PanelBoundary>
  );
}
