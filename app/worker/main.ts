import {
  BurnrateDatabase,
  EVIDENCE_DATABASE,
  openAsItIs,
  openDatabase,
} from '#app/database/database.ts';
import { EVIDENCE_WORKER } from '#app/protocol/messages.ts';
import { DexieSegmentStore } from './dexie-segment-store.ts';
import { browserEnvironment, workerName } from './environment.ts';
import { EvidenceViewer } from './evidence-viewer.ts';
import { Tab } from './tab.ts';

const storeIn = (name?: string) =>
  new DexieSegmentStore(() => openDatabase(new BurnrateDatabase(name)));
const metricsAsTheyAre = () => new DexieSegmentStore(() => openAsItIs());
const evidence = () => storeIn(EVIDENCE_DATABASE);

void (workerName() === EVIDENCE_WORKER
  ? new EvidenceViewer(browserEnvironment, evidence()).start()
  : new Tab(browserEnvironment, { metrics: storeIn(), metricsAsTheyAre, evidence }).start());
