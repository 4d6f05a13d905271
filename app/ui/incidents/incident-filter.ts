import type { ShownIncident } from './shown-incidents.ts';

/** Which incidents the panel lists; null: any. */
export interface IncidentFilter {
  readonly state: ShownIncident['standing']['state'] | null;
  readonly severity: ShownIncident['anomaly']['severity'] | null;
  readonly kind: ShownIncident['anomaly']['kind'] | null;
}

export const ANY_INCIDENT: IncidentFilter = { state: null, severity: null, kind: null };

/** @param picked id of one that is shown whatever the filter says; null: none */
export function matching(
  incidents: readonly ShownIncident[],
  filter: IncidentFilter,
  picked: string | null,
): readonly ShownIncident[] {
  const { state, severity, kind } = filter;
  if (state === null && severity === null && kind === null) return incidents;
  return incidents.filter(
    ({ anomaly, standing }) =>
      anomaly.id === picked ||
      ((state === null || standing.state === state) &&
        (severity === null || anomaly.severity === severity) &&
        (kind === null || anomaly.kind === kind)),
  );
}
