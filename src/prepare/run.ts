import { execFile } from 'node:child_process';
import { BuildError } from '../errors.ts';

/** Bytes of output that are read. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Runs a script in the Windows PowerShell of this machine and gives what it printed. It is handed over as a command, so no policy about
 * files holds it. Throws BuildError with what PowerShell said.
 */
export function runScript(script: string): Promise<string> {
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  const words = [
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    '-OutputFormat',
    'Text',
    '-EncodedCommand',
    encoded,
  ];
  return new Promise((resolve, reject) => {
    execFile('powershell.exe', words, { maxBuffer: maxBytes, windowsHide: true }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = (stderr.trim() || error.message).split('\n').slice(0, 10).join('\n');
      reject(
        new BuildError(
          `the node was not prepared: ${said}`,
          'Start oriel in a PowerShell with "Run as administrator"; what was done stays and may be repeated.',
          { cause: error },
        ),
      );
    });
  });
}
