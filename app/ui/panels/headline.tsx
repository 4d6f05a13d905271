interface HeadlineProps {
  /** The figure, formatted; null: there is too little data for one. */
  readonly value: string | null;
  readonly unit?: string;
  /** What the figure is of: its window, or what is missing. */
  readonly note: string;
}

/** The one figure that a panel is read for. */
export function Headline({ value, unit, note }: HeadlineProps) {
  return (
    <div className="headline">
      {value === null ? (
        <p className="headline-missing">Not enough data yet</p>
      ) : (
        <p className="headline-figure">
          <strong>{value}</strong> {unit}
        </p>
      )}
      <p className="headline-note">{note}</p>
    </div>
  );
}
