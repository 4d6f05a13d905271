import { useEffect, useState } from 'react';

/** 'unknown': this browser does not say, or has no such thing outside of a secure context. */
type Kept = 'persisted' | 'best-effort' | 'refused' | 'unknown';

const TEXTS: Readonly<Record<Kept, string>> = {
  persisted: 'The browser keeps these data until you delete them.',
  'best-effort': 'Best effort: the browser may delete these data when the device runs out of room.',
  refused:
    'Best effort: the browser did not agree to keep these data. Installing the app may help.',
  unknown: 'This browser does not say whether it keeps these data.',
};

/** Whether the browser may delete the cache by itself, and the wish that it may not. */
export function Persistence() {
  const [kept, setKept] = useState<Kept>('unknown');
  useEffect(() => {
    let isShown = true;
    void readKept().then((known) => isShown && setKept(known));
    return () => {
      isShown = false;
    };
  }, []);
  return (
    <div className="setting-line">
      <p>{TEXTS[kept]}</p>
      {kept === 'best-effort' && (
        <button type="button" onClick={() => void askToKeep().then(setKept)}>
          Ask the browser to keep them
        </button>
      )}
    </div>
  );
}

async function readKept(): Promise<Kept> {
  if (!hasStorageManager()) return 'unknown';
  return (await navigator.storage.persisted()) ? 'persisted' : 'best-effort';
}

async function askToKeep(): Promise<Kept> {
  return (await navigator.storage.persist()) ? 'persisted' : 'refused';
}

function hasStorageManager(): boolean {
  return 'storage' in navigator && 'persisted' in navigator.storage;
}
