import { afterAll } from 'vitest';
import { removeFolders } from './fixtures/folders.ts';

// Runs for every file of tests, which a module that files share does not.
afterAll(removeFolders);
