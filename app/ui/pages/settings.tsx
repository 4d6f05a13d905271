import { useEffect, useRef } from 'react';
import type { LiveSettings } from '#core/live/settings.ts';
import type { AskBackTest } from '../back-test-questions.ts';
import type { AskStorage } from '../storage-questions.ts';
import { AnomalySection } from './settings/anomalies.tsx';
import { CatchingUp } from './settings/catching-up.tsx';
import { ClearCache } from './settings/clear-cache.tsx';
import { InstallApp } from './settings/install-app.tsx';
import { EvidenceFiles } from './settings/evidence-files.tsx';
import { NotificationSection } from './settings/notifications.tsx';
import { OwnName } from './settings/own-name.tsx';
import { StorageRoom } from './settings/storage-room.tsx';
import { StorageUse } from './settings/storage-use.tsx';
import '../theme/settings.css';

interface SettingsPageProps {
  readonly onConfigure: (settings: LiveSettings) => void;
  readonly onCatchUp: (isWanted: boolean) => void;
  readonly onStorage: AskStorage;
  readonly onBackTest: AskBackTest;
}

/** What counts as an incident; what is kept on this device, for how long, and how to take it along. */
export function SettingsPage(props: SettingsPageProps) {
  const { onConfigure, onCatchUp, onStorage, onBackTest } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came here by keyboard or screen reader starts at the top of the page.
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="settings">
      <h2 ref={heading} tabIndex={-1}>
        Settings
      </h2>
      <AnomalySection onBackTest={onBackTest} />
      <NotificationSection onConfigure={onConfigure} />
      <OwnName />
      <StorageUse onStorage={onStorage} />
      <InstallApp />
      <StorageRoom onConfigure={onConfigure} />
      <CatchingUp onCatchUp={onCatchUp} />
      <EvidenceFiles onStorage={onStorage} />
      <ClearCache onStorage={onStorage} />
    </main>
  );
}
