export interface WorkerData {
  readonly directory: string;
}

/** A statement; null closes the database and ends the thread. */
export interface ToWorker {
  readonly id: number;
  readonly text: string | null;
  readonly values: readonly unknown[];
}

/** The answer to the message with this id; 0: the database is open. */
export type FromWorker =
  | { readonly id: number; readonly ok: true; readonly rows: readonly Record<string, unknown>[] }
  | { readonly id: number; readonly ok: false; readonly message: string };
