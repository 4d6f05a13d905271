/** How live data arrives. */
export type Transport = 'streaming' | 'polling';

/** Why a question or a stream failed, in words that a person can be shown. */
export type FailureReason =
  | 'unreachable'
  | 'timeout'
  | 'not the Burnrate server'
  | 'server error'
  | 'malformed reply';

/**
 * The connection as one union; each state has only its own data. Times are ms of one monotonic clock
 * whose zero is the epoch, so that page and worker can compare them.
 */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly via: Transport }
  | {
      readonly kind: 'waiting';
      /** The retry that comes next, or is under way; 1 is the first. */
      readonly attempt: number;
      /** When it starts; in the past: it is under way. */
      readonly untilMs: number;
      /** When the first failure came. */
      readonly sinceMs: number;
      readonly reason: FailureReason;
    }
  | { readonly kind: 'paused' };
