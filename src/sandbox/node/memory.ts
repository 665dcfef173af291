import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from '../agent/failure/agent-failure.ts';

/**
 * What a stand-in node has of the things that neither this machine nor Wine has (firewall rules, shares of a cluster, tasks): what
 * was set is remembered beside the node's drive, and nothing holds anybody to it. Names are as Windows takes them, in any case.
 */
export interface NodeMemory {
  readonly get: (kind: string, name: string) => unknown;
  readonly all: (kind: string) => readonly unknown[];
  /** Names, in lower case, with what is remembered of them. */
  readonly entries: (kind: string) => readonly (readonly [string, unknown])[];
  /** Undefined forgets it. */
  readonly set: (kind: string, name: string, value: unknown) => void;
}

type StoredMemory = { readonly [kind: string]: { readonly [name: string]: unknown } };

/** The memory of the node whose drive is below `root`. */
export function memoryOf(root: string): NodeMemory {
  const file = join(root, 'memory.json');
  return {
    get: (kind, name) => read(file)[kind]?.[name.toLowerCase()],
    all: (kind) => Object.values(read(file)[kind] ?? {}),
    entries: (kind) => Object.entries(read(file)[kind] ?? {}),
    set(kind, name, value) {
      const record = read(file);
      const things = { ...record[kind], [name.toLowerCase()]: value };
      writeFileSync(`${file}.new`, JSON.stringify({ ...record, [kind]: things }));
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string): StoredMemory {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StoredMemory;
  } catch (error) {
    if (isAbsent(error)) return {};
    throw error;
  }
}
