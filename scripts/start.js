// `npm start`: installs what is missing, builds what is stale, then is the server.
import { exitOnOldNode } from './node-version.js';

exitOnOldNode();
// Imported only now, because an old Node may not be able to read it.
import('./serve.js');
