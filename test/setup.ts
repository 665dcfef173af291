import { afterAll } from 'vitest';
import { forgetSecrets } from '../src/secret.ts';
import { removeFolders } from './fixtures/folders.ts';

// Runs for every file of tests, which a module that files share does not.
afterAll(removeFolders);
// Files share a process, and what is a secret to one is a word to another.
afterAll(forgetSecrets);
