import { type AnomalySettings, SENSITIVITIES } from '#core/anomaly/settings.ts';

type Sensitivity = AnomalySettings['sensitivity'];

const LEVELS: Readonly<Record<Sensitivity, { readonly name: string; readonly means: string }>> = {
  low: {
    name: 'Low',
    means: 'Only what breaks its records by far. Hardly ever wrong, but misses about one in four.',
  },
  medium: {
    name: 'Medium',
    means: 'What clearly stands out from everything seen in 30 days. Right for most.',
  },
  high: {
    name: 'High',
    means:
      'Small deviations and the pauses of small customers too. Expect a few a day that mean nothing.',
  },
};

interface SensitivityChoiceProps {
  readonly value: Sensitivity;
  readonly onChange: (value: Sensitivity) => void;
}

/** How unusual something has to be before anybody is told. */
export function SensitivityChoice({ value, onChange }: SensitivityChoiceProps) {
  return (
    <fieldset className="choices levels">
      <legend>Sensitivity</legend>
      {SENSITIVITIES.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="sensitivity"
            checked={value === one}
            onChange={() => onChange(one)}
          />
          {LEVELS[one].name} <span className="quiet">{LEVELS[one].means}</span>
        </label>
      ))}
    </fieldset>
  );
}
