import { readdir, readFile, readlink } from 'node:fs/promises';
import { findFirewallRule } from '../../cmdlets/network/firewall-rules.ts';
import type { AgentFunctions } from '../call/function.ts';

/** TCP_LISTEN in /proc/net/tcp. */
const listen = '0A';

export const portFunctions = {
  'Get-PortState': async ({ port }, { node }) => {
    const inode = await listener(node.address, port);
    if (inode === undefined) return { listening: false };
    const pid = await ownerOf(inode);
    return { listening: true, ...(pid !== undefined && { pid }) };
  },

  'Get-FirewallRule': async ({ name }, { node }) => {
    const rule = findFirewallRule(node, name);
    if (!rule) return { exists: false };
    const { displayName = name, enabled, direction, action, profile, protocol, localPort } = rule;
    return { exists: true, displayName, enabled, direction, action, profile, protocol, localPort };
  },
} satisfies Partial<AgentFunctions>;

/** The socket that listens on a port of the node's address or of all addresses (proc(5), /proc/net/tcp: little-endian hex). */
async function listener(address: string, port: number): Promise<string | undefined> {
  const hex = address
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase())
    .join('');
  const expected = [hex, '00000000', '0'.repeat(32)].map(
    (host) => `${host}:${port.toString(16).padStart(4, '0').toUpperCase()}`,
  );
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  for (const line of tables.join('\n').split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[3] === listen && expected.includes(fields[1] ?? '')) return fields[9];
  }
  return undefined;
}

async function ownerOf(inode: string): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`;
    for (const fd of await readdir(folder).catch(() => []))
      if ((await readlink(`${folder}/${fd}`).catch(() => '')) === `socket:[${inode}]`) return Number(pid);
  }
  return undefined;
}
