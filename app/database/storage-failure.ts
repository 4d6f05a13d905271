/**
 * What is wrong with the browser's storage:
 * - `full`: no room; letting go of something may help
 * - `closed`: the handle died; opening anew may help
 * - `newer`: a newer build has changed the database; only a reload helps
 * - `blocked`: another tab holds an older database open
 * - `unavailable`: this browser stores nothing here (private mode, blocked by the user)
 * - `broken`: anything else
 */
export type StorageFailure = 'full' | 'closed' | 'newer' | 'blocked' | 'unavailable' | 'broken';

/** The database was made by a newer build than this. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/** An older tab does not let go of the database, so that it cannot be upgraded. */
export class BlockedDatabaseError extends Error {
  override readonly name = 'BlockedDatabaseError';
}

/** By importance: an error wraps what caused it, and the first of these that is found says what to do. */
const CLASSES: readonly [StorageFailure, readonly string[]][] = [
  ['full', ['QuotaExceededError']],
  ['newer', ['NewerDatabaseError']],
  ['blocked', ['BlockedDatabaseError']],
  ['unavailable', ['MissingAPIError', 'SecurityError', 'NotAllowedError']],
  ['closed', ['DatabaseClosedError', 'InvalidStateError', 'UnknownError']],
];

/** Sources: the DOMException names of the IndexedDB specification, and Dexie's error classes. */
export function storageFailureOf(error: unknown): StorageFailure {
  const names = namesIn(error, 0);
  return CLASSES.find(([, some]) => some.some((name) => names.includes(name)))?.[0] ?? 'broken';
}

const DEEPEST = 5;

function namesIn(error: unknown, depth: number): string[] {
  if (!(error instanceof Error) || depth > DEEPEST) return [];
  const inner = 'inner' in error ? error.inner : null;
  return [error.name, ...namesIn(inner, depth + 1), ...namesIn(error.cause, depth + 1)];
}
