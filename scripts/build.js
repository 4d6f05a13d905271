// `npm run build`: app and server into `dist/`, unless they are there and current.
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './prepare.js';

const built = await buildIfStale(fileURLToPath(new URL('..', import.meta.url)));
if (!built.ok) {
  console.error(built.reason);
  process.exitCode = 1;
}
