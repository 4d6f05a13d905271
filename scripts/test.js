// `npm test`: every check and every test. `npm test -- lint unit` runs only these.
import { exitOnOldNode } from './node-version.js';

exitOnOldNode();
// Imported only now, because an old Node may not be able to read it.
import('./verify.js');
