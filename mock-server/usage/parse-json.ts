import type { Parsed } from '#core/wire/parsed.ts';

export function parseJson(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    // The text itself is not told: it may be anything, and long.
    return { ok: false, reason: `the body is not JSON (${text.length} characters)` };
  }
}
