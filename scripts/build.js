// `npm run build`: app and server into `dist/`, unless they are there and current; says what the live page weighs.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { livePageBytes, sizeReport } from './page-size.js';
import { buildIfStale } from './prepare.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = await buildIfStale(root);
if (built.ok) {
  console.log(sizeReport(livePageBytes(join(root, 'dist', 'app'))));
} else {
  console.error(built.reason);
  process.exitCode = 1;
}
