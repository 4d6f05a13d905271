interface HeadlineProps {
  /** The figure, formatted. */
  readonly value: string;
  readonly unit: string;
  /** What the figure is of: its window. */
  readonly note: string;
}

/** The one figure that a panel is read for. */
export function Headline({ value, unit, note }: HeadlineProps) {
  return (
    <div className="headline">
      <p className="headline-figure">
        <strong>{value}</strong> {unit}
      </p>
      <p className="headline-note">{note}</p>
    </div>
  );
}

/** Stands where a figure would be a guess; `note` says how little is known. */
export function MissingHeadline({ note }: { note: string }) {
  return (
    <div className="headline">
      <p className="headline-missing">Not enough data yet</p>
      <p className="headline-note">{note}</p>
    </div>
  );
}
