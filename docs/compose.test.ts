import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const compose = read('docker-compose.yml');
const manual = read('docs/operations.md');

/** The text of one service: its lines are indented deeper than its name. */
function serviceOf(name: string): string {
  const service = new RegExp(`^  ${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(compose)?.[1];
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
}

/** Names in the first column of the table that begins so. */
function namesInTable(heading: string): string[] {
  const from = manual.indexOf(`| ${heading} `);
  if (from < 0) throw new Error(`no table begins with ${heading}`);
  const table = manual.slice(from).split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| `(\w+)`/gm)].flatMap((match) => match[1] ?? []);
}

/** What a service gets from whoever starts it. */
function variablesOf(text: string): string[] {
  const inPlace = [...text.matchAll(/\$\{(\w+)/g)].flatMap((match) => match[1] ?? []);
  const passedOn = [...text.matchAll(/^ {6}([A-Z_]+):$/gm)].flatMap((match) => match[1] ?? []);
  return [...new Set([...inPlace, ...passedOn])];
}

describe('the service of containers', () => {
  it('O60 takes the variables that the manual tells of, and no other', () => {
    expect(variablesOf(compose).sort()).toEqual(
      namesInTable('variable of `docker compose`').sort(),
    );
  });

  it('O60 gives the server settings that it has', () => {
    const image = read('Dockerfile').split(/^FROM .* AS server$/m)[1] ?? '';
    const fixed = [...image.matchAll(/^ENV (.*)$/gm)].flatMap(
      (match) => match[1]?.split(' ') ?? [],
    );
    const names = [...fixed.map((pair) => pair.split('=')[0]), ...variablesOf(serviceOf('server'))];
    expect(names).toContain('DATABASE_URL');
    const settings = new Set(['NODE_ENV', ...namesInTable('variable  ')]);
    expect(names.filter((name) => !settings.has(name ?? ''))).toEqual([]);
  });

  it('O61 opens ports of the web front alone, on loopback unless told otherwise', () => {
    expect(compose.match(/^ {4}ports:/gm)).toHaveLength(1);
    const ports = [...serviceOf('web').matchAll(/^ {6}- '(.*:\d+)'$/gm)].map((match) => match[1]);
    expect(ports).toHaveLength(2);
    expect(ports.filter((port) => !port?.startsWith('${ADDRESS:-127.0.0.1}:'))).toEqual([]);
  });

  it('O61 starts a database only where asked to, whose password is in no file', () => {
    const database = serviceOf('database');
    expect(database).toContain('profiles: [postgres]');
    expect(database).toContain('POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-}\n');
    expect(compose).not.toMatch(/postgres(ql)?:\/\//);
    expect(read('.dockerignore').split('\n')).toContain('.env');
    expect(read('.gitignore').split('\n')).toContain('.env');
  });
});
