/** Whether a value of unknown origin is a `T`. */
export type Check<T> = (value: unknown) => value is T;

export const isString: Check<string> = (value) => typeof value === 'string';

export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';

/** JSON has no NaN and no infinity, and neither has anything that is drawn. */
export const isNumber: Check<number> = (value): value is number => Number.isFinite(value);

/** Furthest instant from the epoch that a `Date` can hold, ms. */
const LAST_INSTANT_MS = 8.64e15;

/** An instant, epoch ms, that can be told as a date. */
export const isInstant: Check<number> = (value): value is number =>
  isNumber(value) && Math.abs(value) <= LAST_INSTANT_MS;

export function nullOr<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function arrayOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** The type system sees to it that no field of `T` is forgotten; fields that `T` lacks are let through. */
export function objectOf<T extends object>(checks: { [K in keyof T]: Check<T[K]> }): Check<T> {
  const names = Object.keys(checks) as (keyof T)[]; // an object literal has exactly these keys
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = value as Partial<Record<keyof T, unknown>>; // read only through the checks
    return names.every((name) => checks[name](fields[name]));
  };
}
