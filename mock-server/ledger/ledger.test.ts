import { describeLedger } from './ledger-contract.ts';
import { sharedLedger } from './testing/shared-ledger.ts';

describeLedger('embedded', sharedLedger());
