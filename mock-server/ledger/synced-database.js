import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** EIO, as WASI counts. */
const IO_ERROR = 29;

/**
 * The operations of files in a folder, as Emscripten has them; it calls `fsync` where there is one.
 * @typedef {{ fsync?: (stream: { nfd?: number }) => number }} StreamOperations
 */

/** A folder whose files are synced to the disk when the database asks for it, which the one of PGlite passes over. */
class SyncedFolder extends NodeFS {
  /** @override @type {NodeFS['init']} */
  async init(...asked) {
    const { emscriptenOpts } = await super.init(...asked);
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    // Before anything is run in it, and after the folder was mounted.
    preRun.push((/** @type {object} */ module) => {
      const { NODEFS } = /** @type {{ NODEFS: { stream_ops: StreamOperations } }} */ (module); // no types are published
      NODEFS.stream_ops.fsync = ({ nfd }) => syncFile(nfd);
    });
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

/** @param {number | undefined} file */
function syncFile(file) {
  try {
    if (file !== undefined) fsyncSync(file);
    return 0;
  } catch {
    return IO_ERROR;
  }
}

/**
 * PGlite that confirms what has reached the disk, as PostgreSQL does: left to itself it syncs nothing, and a loss of
 * power may leave tables that do not fit together.
 * @param {string} directory made if there is none
 */
export function openSynced(directory) {
  return PGlite.create({
    fs: new SyncedFolder(directory),
    startParams: [
      // -F: without syncing.
      ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
      // `fdatasync`, the default, does nothing in Emscripten.
      '-c',
      'wal_sync_method=fsync',
    ],
  });
}
