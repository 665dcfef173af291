// Lets the program that was built write its completion scripts and manual pages: dist/completions, dist/man.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const oriel = (...args) =>
  execFileSync(process.execPath, [join(root, 'dist/oriel.cjs'), ...args], { encoding: 'utf8' });

const completions = join(root, 'dist/completions');
mkdirSync(completions, { recursive: true });
const files = { bash: 'oriel.bash', zsh: '_oriel', fish: 'oriel.fish', powershell: 'oriel.ps1' };
for (const [shell, file] of Object.entries(files))
  writeFileSync(join(completions, file), oriel('completion', shell));
oriel('man', '--out', join(root, 'dist/man'));
