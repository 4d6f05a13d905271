/** Why the server could not be heard, in words that a person can be shown. */
export type FailureReason =
  | 'unreachable'
  | 'timeout'
  | 'not the Burnrate server'
  | 'server error'
  | 'malformed reply';

export interface Failure {
  readonly reason: FailureReason;
  /** How long the server wants to be left alone, ms. */
  readonly retryAfterMs?: number;
}
