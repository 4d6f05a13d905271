import { useState } from 'react';
import type { LiveSettings } from '#core/live/settings.ts';
import {
  type AlertChoice,
  ALERT_SEVERITIES,
  alertChoice,
  chooseAlerts,
} from '../../alerts/alert-choice.ts';
import { askPermission } from '../../alerts/permission.ts';
import { usePage } from '../../use-page.ts';
import { PERMISSION_WORDS } from './notifications/permission-words.ts';
import { SoundChoice } from './notifications/sound-choice.tsx';
import { usePermission } from './notifications/use-permission.ts';

const LEAST_WORDS = {
  minor: 'all incidents',
  major: 'major and critical ones',
  critical: 'critical ones only',
} as const;

/** Whether and when this device tells of incidents while nobody looks. */
export function NotificationSection({
  onConfigure,
}: {
  onConfigure: (settings: LiveSettings) => void;
}) {
  const settings = usePage((page) => page.settings);
  const [choice, setChoice] = useState(alertChoice);
  const change = (next: AlertChoice) => {
    setChoice(next);
    chooseAlerts(next);
  };
  return (
    <section className="panel setting" aria-label="Notifications">
      <h3>Notifications</h3>
      <p className="quiet">
        Told by this device while no page of Burnrate is in sight, as long as one is open: about new
        incidents only, each once. Closed again when somebody has dealt with it.
      </p>
      <Switch settings={settings} onConfigure={onConfigure} />
      <label className="field">
        Notify me of
        <select
          value={choice.least}
          onChange={({ target }) => {
            const least = ALERT_SEVERITIES.find((one) => one === target.value);
            if (least) change({ ...choice, least });
          }}
        >
          {ALERT_SEVERITIES.map((one) => (
            <option key={one} value={one}>
              {LEAST_WORDS[one]}
            </option>
          ))}
        </select>
      </label>
      <SoundChoice
        isOn={choice.isSoundOn}
        onChange={(isSoundOn) => change({ ...choice, isSoundOn })}
      />
    </section>
  );
}

interface SwitchProps {
  readonly settings: LiveSettings;
  readonly onConfigure: (settings: LiveSettings) => void;
}

/** The browser asks the user, once they have asked for it. */
function Switch({ settings, onConfigure }: SwitchProps) {
  const [permission, setPermission] = usePermission();
  const [isAsking, setIsAsking] = useState(false);
  const [isUnanswered, setIsUnanswered] = useState(false);
  const isOn = settings.isNotifying && permission === 'granted';
  const turnOn = async () => {
    setIsAsking(true);
    const answer = await askPermission();
    setIsAsking(false);
    setPermission(answer);
    setIsUnanswered(answer === 'default');
    if (answer === 'granted') onConfigure({ ...settings, isNotifying: true });
  };
  const isPossible = permission === 'default' || permission === 'granted';
  return (
    <div className="setting-line">
      {isOn ? (
        <button type="button" onClick={() => onConfigure({ ...settings, isNotifying: false })}>
          Turn off
        </button>
      ) : (
        <button type="button" disabled={!isPossible || isAsking} onClick={() => void turnOn()}>
          Turn on notifications
        </button>
      )}
      <p role="status">
        {isAsking && 'The browser asks you now.'}
        {!isAsking && isUnanswered && 'The question was closed without an answer; ask once more.'}
        {!isAsking && !isUnanswered && (isOn ? 'On.' : PERMISSION_WORDS[permission])}
      </p>
    </div>
  );
}
