import { MAX_NOTE_LENGTH, MAX_WHO_LENGTH } from '#core/wire/decision-limits.ts';
import { readText, writeText } from '../device-storage.ts';

const KEY = 'burnrate.name';
const CONTROLS_AND_HALVES = /\p{Cc}|\p{Cs}/gu;
/** Of controls, a note keeps its lines and tabs. */
const NOT_IN_NOTES = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/** As whom the user decides on this device; empty: they have not said. */
export function ownName(): string {
  return cleanName(readText(KEY) ?? '');
}

export function rememberOwnName(name: string): void {
  writeText(KEY, cleanName(name));
}

/** What a server takes as a name. */
function cleanName(name: string): string {
  return name.slice(0, MAX_WHO_LENGTH).replace(CONTROLS_AND_HALVES, '').trim();
}

/** What a server takes as a note. */
export function cleanNote(note: string): string {
  return note.slice(0, MAX_NOTE_LENGTH).replace(NOT_IN_NOTES, '').trim();
}
