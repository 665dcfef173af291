import { bootPrefix } from '../../../src/sandbox/wine/prefix.ts';

// Boots the prefix in the first argument, says so, and holds it until this process is ended.
void bootPrefix(process.argv[2] ?? '').then(() => {
  process.stdout.write('booted\n');
  setInterval(() => {}, 60_000);
});
