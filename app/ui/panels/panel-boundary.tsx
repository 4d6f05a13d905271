import { Component, type ReactNode } from 'react';
import { LoadFailure } from '../lazy-after-paint.ts';
import { MissingPart } from './missing-part.tsx';

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

  readonly #drawAgain = () => this.setState({ failure: null });

  override render() {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    const { name = 'This panel' } = this.props;
    const { error } = failure;
    if (error instanceof LoadFailure) {
      return <MissingPart name={name} failure={error} onArrived={this.#drawAgain} />;
    }
    return (
      <div className="panel-failed" role="alert">
        <p>{name} failed</p>
        <button type="button" onClick={this.#drawAgain}>
          Try again
        </button>
      </div>
    );
  }
}
