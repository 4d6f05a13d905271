import { z } from 'zod';

export const PROBLEM_TYPE = 'application/problem+json';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** The query parameter that was refused. */
  parameter: z.string().optional(),
});

/** Body of every error reply (RFC 9457). */
export type Problem = z.infer<typeof problemSchema>;
