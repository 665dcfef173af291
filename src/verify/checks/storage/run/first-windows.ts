import type { WindowsServer } from './windows-servers.ts';

/** Since when a cmdlet is there, where not since Server 2012, and what of it came later. */
interface Arrival {
  readonly since?: WindowsServer;
  readonly parameters?: Readonly<Record<string, WindowsServer>>;
  readonly properties?: Readonly<Record<string, WindowsServer>>;
}

/**
 * What an older Windows lacks of the cmdlets that the checks call. Cmdlets and parameters are held to scripts/floor/cmdlets.json by
 * a test; those of the failover cluster, of which there are no facts before Server 2016, and properties come from the
 * differences of Microsoft's documents (MicrosoftDocs/windows-powershell-docs, docset of each server).
 */
export const firstWindows: Readonly<Record<string, Arrival>> = {
  'Debug-FileShare': { since: 'Server 2016' },
  'Debug-StorageSubSystem': { since: 'Server 2016' },
  'Debug-Volume': { since: 'Server 2016' },
  'Get-Cluster': { properties: { S2DEnabled: 'Server 2016' } },
  'Get-ClusterNode': { properties: { StatusInformation: 'Server 2012 R2' } },
  'Get-ClusterSharedVolumeState': { since: 'Server 2012 R2' },
  'Get-ClusterStorageSpacesDirect': { since: 'Server 2016' },
  'Test-NetConnection': { since: 'Server 2012 R2' },
};
