import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { environmentFile, windowsPaths } from '../../../../src/components/glance/facts/paths.ts';
import type { GlanceNode } from '../../node.ts';

/** Starts the service without some repairs. Its environment file is as it was when it does. */
export async function startWithout(
  node: GlanceNode,
  repairs: readonly string[],
  more: Readonly<Record<string, string | number>>,
): Promise<void> {
  const file = node.path(`${windowsPaths.config}\\${environmentFile}`);
  const text = readFileSync(file, 'utf8');
  const lines = Object.entries({ ...more, ORIEL_WITHOUT: repairs.join() });
  writeFileSync(file, text + lines.map(([name, value]) => `${name}=${value}\r\n`).join(''));
  try {
    expect(await node.start(), node.log().slice(-3000)).toMatchObject({ status: 'Running' });
  } finally {
    writeFileSync(file, text);
  }
  const made = said(node).at(-1) ?? [];
  expect(made.filter((name) => repairs.includes(name))).toEqual([]);
}

/** Whether the launcher makes a repair for this release. */
export function isOwned(node: GlanceNode, repair: string): boolean {
  return said(node).some((names) => names.includes(repair));
}

/** Of each start, the repairs that were made. Without `log_through_wrapper` Glance has a log of its own. */
function said(node: GlanceNode): readonly (readonly string[])[] {
  const own = node.path(`${windowsPaths.logs}\\glance-api.log`);
  const log = node.log() + (existsSync(own) ? readFileSync(own, 'utf8') : '');
  const lines = [...log.matchAll(/^(\S+ \S+) .*repairs for Windows: ([\w, ]+)/gm)];
  const inTime = lines.toSorted(([, one = ''], [, other = '']) => one.localeCompare(other));
  return inTime.map(([, , names = '']) => names.split(', '));
}
