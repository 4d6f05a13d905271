import { useState } from 'react';
import { type AnomalySettings, DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import type { AskBackTest } from '../../back-test-questions.ts';
import { usePage } from '../../use-page.ts';
import { BackTestReport } from './anomalies/back-test-report.tsx';
import { floorText, parseFloor } from './anomalies/floor-text.ts';
import { FloorField } from './anomalies/floor-field.tsx';
import { type Draft, rememberDraft, rememberedDraft } from './anomalies/remembered-settings.ts';
import { SensitivityChoice } from './anomalies/sensitivity-choice.tsx';
import { keyOf, useBackTests } from './anomalies/use-back-tests.ts';
import { type SharedSettings, useSharedSettings } from './anomalies/use-shared-settings.ts';

/** What shall count as an incident, for all who watch, and what that would have meant lately. */
export function AnomalySection({ onBackTest }: { onBackTest: AskBackTest }) {
  const shared = useSharedSettings();
  const { known, isSending, send } = shared;
  const [kept, keep] = useState(rememberedDraft);
  const draft = kept ?? draftOf(known ?? DEFAULT_SETTINGS);
  const floor = parseFloor(draft.floorText);
  const chosen = floor.ok ? { ...draft, floorMicroUsdPerHour: floor.value } : null;
  const tests = useBackTests(onBackTest, [chosen, known]);
  const change = (next: Draft | null) => {
    keep(next);
    rememberDraft(next);
  };
  const isSame = chosen !== null && known !== null && keyOf(chosen) === keyOf(known);
  const use = async () => {
    if (chosen && (await send(settingsOf(chosen)))) change(null);
  };
  const reason = useReason(shared);
  return (
    <section className="panel setting" aria-label="Anomalies">
      <h3>Anomalies</h3>
      <p className="quiet">What shall be told of as an incident. It holds for all who watch.</p>
      <SensitivityChoice
        value={draft.sensitivity}
        onChange={(sensitivity) => change({ ...draft, sensitivity })}
      />
      <FloorField
        text={draft.floorText}
        problem={floor.ok ? null : floor.reason}
        onChange={(text) => change({ ...draft, floorText: text })}
      />
      {chosen && (
        <BackTestReport
          chosen={tests.get(keyOf(chosen))}
          present={isSame ? 'same' : known ? tests.get(keyOf(known)) : undefined}
        />
      )}
      <div className="setting-line">
        <button
          type="button"
          disabled={chosen === null || isSame || isSending || reason !== null}
          onClick={() => void use()}
        >
          Use these settings
        </button>
        {kept && known && !isSame && (
          <button type="button" disabled={isSending} onClick={() => change(null)}>
            Back to what counts
          </button>
        )}
        {isSame && reason === null && <p className="quiet">They count now.</p>}
        {reason !== null && <p role="status">{reason}</p>}
      </div>
    </section>
  );
}

/** Why nothing can be changed now; null: it can. */
function useReason({ failure }: SharedSettings): string | null {
  const isWaiting = usePage(({ connection }) => connection.kind === 'waiting');
  if (failure === undefined) return 'Asking the server…';
  if (failure === null && !isWaiting) return null;
  const why = failure ?? 'The server cannot be reached';
  return `${why}. What you choose is kept on this device until then.`;
}

function draftOf({ sensitivity, floorMicroUsdPerHour }: AnomalySettings): Draft {
  return { sensitivity, floorText: floorText(floorMicroUsdPerHour) };
}

function settingsOf({ sensitivity, floorMicroUsdPerHour }: AnomalySettings): AnomalySettings {
  return { sensitivity, floorMicroUsdPerHour };
}
