import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '#core/wire/routes.ts';
import { endpointsOf } from './api.ts';
import { inBraces, openApiDocument } from './openapi.ts';
import { ScriptedStore } from './testing/scripted-store.ts';
import { ownUpstream } from './upstream/own-upstream.ts';
import { usageEndpoints } from './usage/endpoints.ts';
import { UsageDesk } from './usage/usage-desk.ts';

const documented: unknown = JSON.parse(
  readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
);

describe('docs/openapi.json', () => {
  it('A15 is what the schemas say (else: npm run openapi)', () => {
    expect(documented).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  it('A15 describes every route and no other', () => {
    const desk = new UsageDesk(ownUpstream(() => 0));
    const served = [
      ...endpointsOf(new ScriptedStore(), 'test').keys(),
      ...usageEndpoints(desk, { error: () => undefined }).keys(),
      ROUTES.stream,
      ROUTES.anomalies,
      ROUTES.ack,
      ROUTES.anomalySettings,
    ];
    const paths = Object.keys(openApiDocument().paths);
    expect(paths.sort()).toEqual(served.map(inBraces).sort());
  });

  it('A15 refers to nothing that is not there', () => {
    const text = JSON.stringify(openApiDocument());
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    const known = Object.keys(openApiDocument().components.schemas);
    expect(new Set(names)).toEqual(new Set(known));
    expect(text.match(/"\$ref":/g)).toHaveLength(names.length);
  });
});
