// `node scripts/precompress.js FOLDER`: puts a `.gz` beside each text file of the built app, for a web server that sends it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|html|svg|webmanifest)$/;

const folder = process.argv[2];
if (folder === undefined) throw new Error('give the folder of the built app');
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!COMPRESSIBLE.test(name)) continue;
  const path = join(folder, name);
  writeFileSync(
    `${path}.gz`,
    gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }),
  );
}
