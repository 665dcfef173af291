import { readFileSync } from 'node:fs';
import { BuildError } from '../../../src/errors.ts';
import { peakMegabytes } from './peak.ts';
import { readPackage } from './targets.ts';

/** What one package cost to read. */
export interface Cost {
  readonly refused?: string;
  /** Peak memory of this process, in MB. */
  readonly megabytes: number;
}

/** `read-one.ts FILE`: reads a package as `oriel msi` does and prints what it cost as JSON. */
function main([path = '']: string[]): void {
  const bytes = readFileSync(path);
  let refused: string | undefined;
  try {
    readPackage(bytes);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    refused = error.message;
  }
  const megabytes = peakMegabytes();
  process.stdout.write(JSON.stringify({ refused, megabytes }));
}

main(process.argv.slice(2));
