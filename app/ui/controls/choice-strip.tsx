import type { ReactNode } from 'react';

interface ChoiceStripProps<T extends string> {
  /** What is chosen, for those who cannot see what stands around it; no other strip of the page has this name. */
  readonly name: string;
  /** Styles the strip, and with `-choice` behind it each choice. */
  readonly className: string;
  readonly choices: readonly T[];
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
  /** What stands on each; at the sight of an icon a title helps. */
  readonly labels: Readonly<Record<T, ReactNode>>;
  readonly titles?: Readonly<Record<T, string>>;
}

/** One of a few: radio buttons of the browser, drawn side by side. */
export function ChoiceStrip<T extends string>(props: ChoiceStripProps<T>) {
  const { name, className, choices, chosen, onChoose, labels, titles } = props;
  return (
    <div className={className} role="radiogroup" aria-label={name}>
      {choices.map((choice) => (
        <label key={choice} className={`${className}-choice`} title={titles?.[choice]}>
          <span>{labels[choice]}</span>
          <input
            className="for-screen-readers"
            type="radio"
            // Not a new one each time: Chromium keeps every group that a page ever had, and a wall draws thousands a day.
            name={name}
            checked={choice === chosen}
            onChange={() => onChoose(choice)}
          />
        </label>
      ))}
    </div>
  );
}
