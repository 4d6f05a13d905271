import { useState } from 'react';
import { MAX_WHO_LENGTH } from '#core/wire/decision-limits.ts';
import { ownName, rememberOwnName } from './own-name.ts';
import '../theme/own-name.css';

/** As whom the user decides, kept on this device; nobody has to say. */
export function OwnNameField() {
  const [name, setName] = useState(ownName);
  const change = (next: string) => {
    setName(next);
    rememberOwnName(next);
  };
  return (
    <label className="own-name">
      Your name
      <input
        type="text"
        autoComplete="name"
        maxLength={MAX_WHO_LENGTH}
        placeholder="nobody has to say"
        value={name}
        onChange={({ target }) => change(target.value)}
      />
      <small>Stands beside what you decide. Kept on this device.</small>
    </label>
  );
}
