import { format } from 'node:util';

let complaints: string[] = [];

/** Collects what is written to the console as an error or a warning; a spy that a test puts before it gets it first. */
export function collectComplaints(): void {
  const complain = (...parts: unknown[]) => complaints.push(format(...parts));
  Object.assign(console, { error: complain, warn: complain });
}

/** @throws when something was complained of since the last call */
export function expectNoComplaints(): void {
  const heard = complaints;
  complaints = [];
  if (heard.length > 0) throw new Error(`written to the console: ${heard.join('\n')}`);
}
