import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Compression } from '#app/worker/packing.ts';

/** The same bytes as the browser's, at once: the clock of a test waits for no thread. */
export const syncCompression: Compression = {
  deflate: async (bytes) => new Uint8Array(deflateRawSync(bytes)),
  inflate: async (bytes) => new Uint8Array(inflateRawSync(bytes)),
};
