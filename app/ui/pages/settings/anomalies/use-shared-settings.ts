import { useEffect, useState } from 'react';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { Parsed } from '#core/wire/parsed.ts';
import { usePageStore } from '../../../use-page.ts';
import { askSettings, sendSettings } from './ask-settings.ts';
import { rememberedSettings, rememberSettings } from './remembered-settings.ts';

/** A server that says no may say yes a little later: its ledger opens after it has begun to answer, ms. */
const ASK_AGAIN_MS = 5_000;

export interface SharedSettings {
  /** What counts for all, as it was heard last; null: it never was. */
  readonly known: AnomalySettings | null;
  /** Why nothing can be changed now; null: it can, as far as is known; undefined: not heard yet. */
  readonly failure: string | null | undefined;
  readonly isSending: boolean;
  /** @returns whether it counts now */
  readonly send: (settings: AnomalySettings) => Promise<boolean>;
}

/** The settings that hold for all who watch: asked for now, and again when the server is back. */
export function useSharedSettings(): SharedSettings {
  const store = usePageStore();
  const [known, setKnown] = useState(rememberedSettings);
  const [failure, setFailure] = useState<string | null>();
  const [isSending, setIsSending] = useState(false);
  const [take] = useState(() => (answer: Parsed<AnomalySettings>) => {
    setFailure(answer.ok ? null : answer.reason);
    if (!answer.ok) return false;
    setKnown(answer.value);
    rememberSettings(answer.value);
    return true;
  });
  useEffect(() => {
    let isShown = true;
    const ask = () => void askSettings().then((answer) => isShown && take(answer));
    ask();
    const unsubscribe = store.subscribe(({ connection }, before) => {
      const isLive = connection.kind === 'live';
      if (isLive !== (before.connection.kind === 'live')) ask();
    });
    return () => {
      isShown = false;
      unsubscribe();
    };
  }, [store, take]);
  useEffect(() => {
    if (typeof failure !== 'string') return undefined;
    const timer = setInterval(() => void askSettings().then(take), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [failure, take]);
  const send = async (settings: AnomalySettings) => {
    setIsSending(true);
    const answer = await sendSettings(settings);
    setIsSending(false);
    return take(answer);
  };
  return { known, failure, isSending, send };
}
