import { ChoiceStrip } from '../controls/choice-strip.tsx';

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
  return (
    <ChoiceStrip
      className="views"
      name={name}
      choices={Object.keys(views) as T[]} // an object literal has exactly these keys
      chosen={view}
      onChoose={onChange}
      labels={views}
    />
  );
}
