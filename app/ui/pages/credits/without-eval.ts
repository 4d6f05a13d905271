import { config } from 'zod';

// Imported before any schema is made: that would try whether code may be made out of text, which the page's
// policy forbids and the browser reports.
config({ jitless: true });
