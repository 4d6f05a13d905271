// Runs the thread's program from its sources, as in tests. Not TypeScript, since Node 20 starts no thread with a loader that
// could translate it: the loader is asked for here.
import { register } from 'tsx/esm/api';

register();
await import('./detection-worker.ts');
