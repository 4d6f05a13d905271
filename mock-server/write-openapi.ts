// `npm run openapi`: describes the API anew after a schema has changed.
import { writeFileSync } from 'node:fs';
import { openApiDocument } from './openapi.ts';

const path = new URL('../docs/openapi.json', import.meta.url);
writeFileSync(path, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
