/** The servers that the agent is for, oldest first, with the first build of each (Win32_OperatingSystem.Version). */
export const windowsServers = [
  ['Server 2012', [6, 2, 9200]],
  ['Server 2012 R2', [6, 3, 9600]],
  ['Server 2016', [10, 0, 14393]],
  ['Server 2019', [10, 0, 17763]],
  ['Server 2022', [10, 0, 20348]],
  ['Server 2025', [10, 0, 26100]],
] as const;

export type WindowsServer = (typeof windowsServers)[number][0];

/** The server that a version (`10.0.17763`) belongs to, or is newer than; absent: it is older than all, or no version. */
export function serverOf(version: string): WindowsServer | undefined {
  const parts = version.split('.').map(Number);
  if (parts.length < 3 || parts.some(Number.isNaN)) return undefined;
  return windowsServers.findLast(([, first]) => compare(parts, first) >= 0)?.[0];
}

/** Whether one server came before another. */
export function isOlder(one: WindowsServer, other: WindowsServer): boolean {
  const place = (server: WindowsServer): number => windowsServers.findIndex(([name]) => name === server);
  return place(one) < place(other);
}

function compare(version: readonly number[], first: readonly number[]): number {
  for (const [index, part] of first.entries()) {
    const difference = (version[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
