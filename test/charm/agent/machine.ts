import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import type { CharmFlavour } from '../../../src/charm/model/charm.ts';
import { speak } from '../../../src/sandbox/agent/speaker.ts';
import type { CharmProgram } from './agent.ts';
import type { ServedNode } from './node.ts';

/** The machine of a unit: how its agent starts the charm there. */
export type Machine = Pick<CharmProgram, 'command' | 'path' | 'environment'> & { readonly close: () => void };

export interface MachinePlace {
  /** The folder of the charm. */
  readonly charm: string;
  readonly archive: string;
  /** The node that a native charm runs on. */
  readonly node?: ServedNode;
}

/** PowerShell of this machine, on which the dispatch of native charms runs; undefined where there is none. */
export const powerShell = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'pwsh'))
  .find((file) => existsSync(file));

/** Where Node.js is that runs this test, and the programs that every machine has. */
const path = [dirname(process.execPath), '/usr/bin', '/bin'];

/** Unpacks the charm, as Juju does; gives how to start it. */
export async function openMachine(flavour: CharmFlavour, place: MachinePlace): Promise<Machine> {
  unpackCharm(place.archive, place.charm);
  if (flavour === 'native' && place.node) return windowsMachine(place.charm, place.node);
  return { command: ['./dispatch'], path, environment: {}, close: () => {} };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 2)).toString('latin1');

/** Scripts can be started: that the archive says so is held by the tests of its build. */
export function unpackCharm(archive: string, charm: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(archive)))) {
    const file = join(charm, name);
    if (name.endsWith('/')) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes, { mode: text(bytes).startsWith('#!') ? 0o755 : 0o644 });
  }
}

/**
 * A machine that is no Windows, and has what the dispatch of a native charm needs of one: PowerShell and node.exe. The agent that oriel
 * starts beside itself is the stand-in of the node.
 */
async function windowsMachine(charm: string, node: ServedNode): Promise<Machine> {
  const folder = dirname(charm);
  const socket = join(folder, 'node.socket');
  const server = createServer((link) => {
    link.on('error', () => {});
    void speak(node.standIn, link, link).then(() => link.end());
  });
  await new Promise<void>((done) => server.listen(socket, done));
  const preload = resolve(import.meta.dirname, 'windows-machine.cjs');
  program(join(charm, '.node', 'node.exe'), `#!/bin/sh\nexec '${process.execPath}' -r '${preload}' "$@"\n`);
  return {
    command: [powerShell ?? 'pwsh', '-NonInteractive', '-File', 'dispatch.ps1'],
    path,
    environment: {
      ...{ COMPUTERNAME: node.standIn.name, HOME: folder },
      ...{ ORIEL_TEST_DRIVE: node.drive, ORIEL_TEST_NODE: socket },
    },
    close: () => server.close(),
  };
}

function program(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
}

/** Writes what stands for the PowerShell that oriel starts on a native unit: its streams are those of the stand-in. Gives its path. */
export function writeStandInShell(folder: string): string {
  const file = join(folder, 'powershell.exe');
  program(
    file,
    `#!${process.execPath}
const link = require('node:net').connect(process.env.ORIEL_TEST_NODE);
process.stdin.pipe(link).pipe(process.stdout);
link.on('error', () => process.exit(1)).on('close', () => process.exit(0));
`,
  );
  return file;
}
