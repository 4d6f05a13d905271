/**
 * localStorage that may refuse: in private windows, by policy and when full every access can throw.
 * What is kept here is a convenience, so refusal reads as "nothing there" and costs only that.
 */
export function readText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function removeText(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // What cannot be reached was not kept either.
  }
}

/** @returns whether the device kept it */
export function writeText(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
