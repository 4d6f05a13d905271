import { SegmentGroup } from '@ark-ui/react/segment-group';

interface ViewSwitchProps<T extends string> {
  /** What is switched, for those who cannot see the panel around it. */
  readonly name: string;
  /** Each view and its label. */
  readonly views: Readonly<Record<T, string>>;
  readonly view: T;
  readonly onChange: (view: T) => void;
}

/** One of a few ways to draw the same numbers. */
export function ViewSwitch<T extends string>({ name, views, view, onChange }: ViewSwitchProps<T>) {
  const ids = Object.keys(views) as T[]; // an object literal has exactly these keys
  const choose = ({ value }: { value: string | null }) => {
    const chosen = ids.find((id) => id === value);
    if (chosen !== undefined) onChange(chosen);
  };
  return (
    <SegmentGroup.Root
      className="view-switch"
      value={view}
      onValueChange={choose}
      aria-label={name}
    >
      {ids.map((id) => (
        <SegmentGroup.Item key={id} value={id} className="view">
          <SegmentGroup.ItemText>{views[id]}</SegmentGroup.ItemText>
          <SegmentGroup.ItemHiddenInput />
        </SegmentGroup.Item>
      ))}
    </SegmentGroup.Root>
  );
}
