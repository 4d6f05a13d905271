import type { z } from 'zod';

/** A message that was checked: its value, or one line that says what is wrong with it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Checks `body` against a schema; unknown fields are ignored, missing mandatory ones are errors. */
export function parseWith<T>(schema: z.ZodType<T>, body: unknown): Parsed<T> {
  const result = schema.safeParse(body);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'body';
  return { ok: false, reason: `${where}: ${issue?.message ?? 'not valid'}` };
}
