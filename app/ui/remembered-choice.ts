import { useState } from 'react';
import { readText, writeText } from './device-storage.ts';

/**
 * One of a few choices, kept on this device for the next visit.
 * @param choices the first one counts until something was chosen
 */
export function useRememberedChoice<T extends string>(
  key: string,
  choices: readonly [T, ...T[]],
): [T, (choice: T) => void] {
  const [choice, setChoice] = useState<T>(() => {
    const stored = readText(key);
    return choices.find((one) => one === stored) ?? choices[0];
  });
  const choose = (next: T) => {
    setChoice(next);
    writeText(key, next);
  };
  return [choice, choose];
}
