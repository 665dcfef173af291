import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { openSession } from '../../../src/session/open/open.ts';
import type { OpenOptions } from '../../../src/session/open-options.ts';
import { openRecord } from '../../../src/session/record/open-record.ts';
import type { Recorder } from '../../../src/session/recorder.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';
import type { Served, SessionKind } from '../contract.ts';
import { overSsh } from './ssh.ts';

/**
 * Two kinds for the same cases, one after the other: the first records each case over SSH, the second asks the same of its record
 * alone. A record has no bytes of files, and no node behind it whose disk could be looked at: cases about files are not for them.
 */
export function recordedKinds(): readonly SessionKind[] {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-records-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const paths = new Map<string, string>();
  const pathOfCase = (): string => {
    const [, ...name] = (expect.getState().currentTestName ?? '').split(' > ');
    const path = paths.get(name.join()) ?? join(folder, `${paths.size}.jsonl`);
    paths.set(name.join(), path);
    return path;
  };
  const recorders = new Map<string, Recorder>();
  const recorded = (served: Served): Served => {
    const path = pathOfCase();
    const record = recorders.get(path) ?? openRecord(path, { oriel: 'test', verb: 'test' });
    recorders.set(path, record);
    return { ...served, open: (options) => served.open({ ...options, record }) };
  };
  return [
    {
      ...{ name: 'that is recorded', withoutFiles: true },
      serve: async (node, place) => recorded(await overSsh.serve(node, place)),
      script: async (agent, place) => recorded(await overSsh.script(agent, place)),
    },
    {
      ...{ name: 'that was recorded', withoutFiles: true },
      serve: async () => replayed(pathOfCase()),
      script: async () => replayed(pathOfCase()),
    },
  ];
}

function replayed(file: string): Served {
  const node = recordedNode(file);
  const open = (options?: Partial<OpenOptions>) => openSession(node, options);
  return { open, openCutAfter: () => open(), cut() {}, close: async () => {} };
}

/** The settings of a node that answers from a record. */
export function recordedNode(file: string, name = 'glance-1'): NodeOf<'recorded'> {
  return {
    ...{ name, via: 'recorded', file, address: '127.0.0.1' },
    ...{ roles: ['glance'], windowsFeatures: [], certificates: [] },
  };
}
