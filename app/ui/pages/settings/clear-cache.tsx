import { useState } from 'react';
import { forgetSnapshot } from '../../snapshot.ts';
import { pathOf } from '../../route.ts';
import type { AskStorage } from '../../storage-questions.ts';

/** Deletes what is cached, after asking once more; then everything is fetched anew. */
export function ClearCache({ onStorage }: { onStorage: AskStorage }) {
  const [step, setStep] = useState<'idle' | 'asking' | 'clearing'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const clear = async () => {
    setStep('clearing');
    const { result } = await onStorage({ type: 'clear-cache' });
    setStep('idle');
    if (!result.ok) {
      setFailure(result.reason);
      return;
    }
    forgetSnapshot();
    window.location.assign(pathOf('live'));
  };
  return (
    <section className="panel setting" aria-label="Clear the cache">
      <h3>Clear the cache</h3>
      <p className="quiet">
        Deletes all metrics, incidents and credits from this device. What the server still has is
        fetched again; what it has not is gone. Settings, imported files and decisions that are not
        sent yet stay.
      </p>
      <div className="setting-line">
        {step === 'idle' ? (
          <button type="button" onClick={() => setStep('asking')}>
            Clear the cache…
          </button>
        ) : (
          <>
            <button
              type="button"
              className="danger"
              disabled={step === 'clearing'}
              onClick={() => void clear()}
            >
              Delete all metrics
            </button>
            <button type="button" disabled={step === 'clearing'} onClick={() => setStep('idle')}>
              Keep them
            </button>
          </>
        )}
      </div>
      {failure && <p role="alert">{failure}</p>}
    </section>
  );
}
