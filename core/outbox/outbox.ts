import type { AckRequest } from '../wire/anomalies.ts';

/** A decision of the user's that the server has not confirmed yet. */
export interface OutboxRow {
  /** Rises; what was decided first is sent first. */
  readonly order: number;
  /** The request's, once more. */
  readonly clientId: string;
  readonly incidentId: string;
  readonly request: AckRequest;
  /** This device's estimate of the server's clock when it was decided, epoch ms. */
  readonly madeAtMs: number;
}
