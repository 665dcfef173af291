import { spawn } from 'node:child_process';
import { mark } from '../node/processes.ts';

/** Waits for the end of its input, then ends whatever carries the mark of the sandbox, until nothing does. */
const script = `
cat >/dev/null
for round in 1 2 3 4 5 6 7 8 9 10; do
  found=
  for file in /proc/[0-9]*/environ; do
    pid=\${file%/environ}; pid=\${pid#/proc/}
    if grep -qzxF "$1" "$file" 2>/dev/null; then kill -9 "$pid" 2>/dev/null; found=1; fi
  done
  [ "$found" ] || exit 0
  sleep 0.2
done`;

/**
 * Starts a process that outlives this one for a moment: it reads a pipe whose only other end is ours, so that also SIGKILL
 * leaves nothing of the sandbox running.
 */
export function startWatchdog(id: string): void {
  const child = spawn('sh', ['-c', script, 'sh', `${mark}=${id}`], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  child.unref();
}
