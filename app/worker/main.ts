import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { DexieSegmentStore } from './dexie-segment-store.ts';
import { browserEnvironment } from './environment.ts';
import { Tab } from './tab.ts';

void new Tab(
  browserEnvironment,
  new DexieSegmentStore(() => openDatabase(new BurnrateDatabase())),
).start();
