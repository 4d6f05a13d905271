import { nameOfGroup } from '#core/anomaly/groups.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';

/**
 * What is to be told when a detection that has learnt for longer takes over from one that told something already: all that the new
 * one found, never with fewer words than were said, and an end of what it does not confirm.
 * @param told newest word of the old detection on each incident
 * @param found newest word of the new one
 * @param nowMs end of what both have seen, epoch ms
 */
export function reconciled(
  told: readonly IncidentReport[],
  found: readonly IncidentReport[],
  nowMs: number,
): readonly IncidentReport[] {
  const before = new Map(told.map((one) => [one.id, one]));
  const confirmed = new Set(found.map((one) => one.id));
  return [
    ...found.map((one) => withEarlierWords(one, before.get(one.id))),
    ...told.filter((one) => !confirmed.has(one.id)).map((one) => settled(one, found, nowMs)),
  ];
}

/** An incident as it is found now, with what was said of it before. The ledger takes nothing that is older than it has. */
function withEarlierWords(found: IncidentReport, told: IncidentReport | undefined): IncidentReport {
  if (!told) return found;
  const updatedMs = Math.max(found.updatedMs, told.updatedMs);
  if (told.foundMs >= found.foundMs) return { ...found, updatedMs };
  return { ...found, updatedMs, foundMs: told.foundMs, history: told.history };
}

/** What is not confirmed was part of what was found at the same root at the same time, or it ends. */
function settled(
  told: IncidentReport,
  found: readonly IncidentReport[],
  nowMs: number,
): IncidentReport {
  const endMs = told.endMs ?? nowMs;
  const root = nameOfGroup(told.root);
  const same = found.find(
    (one) =>
      nameOfGroup(one.root) === root &&
      one.mergedInto === null &&
      one.startMs < endMs &&
      (one.endMs ?? nowMs) > told.startMs,
  );
  return { ...told, endMs, mergedInto: told.mergedInto ?? same?.id ?? null };
}
