import { useState } from 'react';

interface SoundChoiceProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A short tone for what is critical; off until somebody wants it. */
export function SoundChoice({ isOn, onChange }: SoundChoiceProps) {
  const [isMute, setIsMute] = useState(false);
  const tryIt = async () => {
    const { playTone } = await import('../../../alerts/tone.ts');
    setIsMute(!(await playTone()));
  };
  return (
    <>
      <div className="setting-line">
        <label className="check">
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => onChange(target.checked)}
          />
          A short tone for new critical incidents
        </label>
        <button type="button" onClick={() => void tryIt()}>
          Try it
        </button>
        {isMute && <p role="alert">This browser plays no sound here.</p>}
      </div>
      <p className="quiet">
        After a reload, browsers play it only once you have clicked or typed in the page.
      </p>
    </>
  );
}
