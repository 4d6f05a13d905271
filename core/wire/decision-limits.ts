/** Longest note and longest name of a decision about an incident, UTF-16 units. */
export const MAX_NOTE_LENGTH = 2_000;
export const MAX_WHO_LENGTH = 100;
