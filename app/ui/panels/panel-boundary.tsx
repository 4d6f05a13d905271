import { Component, type ReactNode } from 'react';
import { LoadFailure } from '../lazy-after-paint.ts';

interface BoundaryProps {
  /** What failed when it fails. */
  readonly name?: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failure: { readonly error: unknown } | null;
}

/** Keeps a part that cannot be drawn from taking the others with it. React reports what was thrown. */
export class PanelBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failure: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failure: { error } };
  }

  override render() {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    const { name = 'This panel' } = this.props;
    return (
      <div className="panel-failed" role="alert">
        <p>{name} failed</p>
        <button type="button" onClick={() => this.#tryAgain(failure.error)}>
          Try again
        </button>
      </div>
    );
  }

  #tryAgain(error: unknown): void {
    if (error instanceof LoadFailure) error.forget();
    this.setState({ failure: null });
  }
}
