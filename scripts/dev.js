// `npm run dev`: server and page from their sources, both restarted or refreshed on a change.
import { exitOnOldNode } from './node-version.js';

exitOnOldNode();
import('./watch.js');
