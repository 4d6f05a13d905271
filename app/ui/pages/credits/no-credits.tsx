interface NoCreditsProps {
  /** Why there is nothing; null: it is on its way. */
  readonly failure: string | null;
  readonly onRetry: () => void;
}

/** Stands where nothing is stored on this device, and nothing was heard yet. */
export function NoCredits({ failure, onRetry }: NoCreditsProps) {
  if (failure === null) {
    return (
      <section className="panel" aria-label="Credits" aria-busy="true">
        <div className="skeleton" aria-hidden="true">
          <span className="skeleton-figure" />
          <span className="skeleton-note" />
          <span className="skeleton-body" />
        </div>
      </section>
    );
  }
  return (
    <section className="notice" aria-label="No credits found" role="alert">
      <h3>{failure}</h3>
      <p>
        This device has not seen the credits of this period yet, so there is nothing stored that
        could be shown instead. Burnrate tries again by itself.
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </section>
  );
}
