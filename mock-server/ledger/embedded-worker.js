// PGlite computes for seconds when it starts: a thread of its own, so that the API goes on answering. Not TypeScript,
// since Node 20 starts no thread with a loader that could translate it.
import { parentPort, workerData } from 'node:worker_threads';
import { openSynced } from './synced-database.js';

/** @import { FromWorker, ToWorker } from './embedded-messages.ts' */

/** @param {FromWorker} message */
const say = (message) => parentPort?.postMessage(message);

const database = await openSynced(workerData.directory);

/**
 * @param {ToWorker} message
 * @returns {Promise<Record<string, unknown>[]>}
 */
async function answer({ text, values }) {
  if (text === null) {
    await database.close();
    return [];
  }
  const { rows } = await database.query(text, [...values]);
  return /** @type {Record<string, unknown>[]} */ (rows);
}

/** @param {unknown} error */
function isBrokenOff(error) {
  // Of WebAssembly, and of Emscripten.
  return error instanceof Error && ['RuntimeError', 'ExitStatus'].includes(error.name);
}

parentPort?.on('message', async (/** @type {ToWorker} */ message) => {
  try {
    say({ id: message.id, ok: true, rows: await answer(message) });
  } catch (error) {
    // A program that broke off is in no state to be asked again: whoever waits is told by the end of the thread.
    if (isBrokenOff(error)) throw error;
    const text = error instanceof Error ? error.message : String(error);
    say({ id: message.id, ok: false, message: text });
  }
});
say({ id: 0, ok: true, rows: [] });
