import type { ReactNode } from 'react';

interface EmptyPanelProps {
  readonly title: string;
  /** Why there is nothing, and what to do. */
  readonly children: ReactNode;
}

/** Stands where there is nothing to draw although everything works. */
export function EmptyPanel({ title, children }: EmptyPanelProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="empty-reason">{children}</p>
    </div>
  );
}
