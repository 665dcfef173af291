import { readFileSync } from 'node:fs';

/**
 * Peak memory of this process, in MB. Not `maxRSS` of getrusage, which begins with the peak of the process that started this one: execve
 * keeps it (Linux, fs/exec.c).
 */
export function peakMegabytes(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
