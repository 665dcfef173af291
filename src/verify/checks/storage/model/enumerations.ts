/** Numbers behind the names of enumerations: PowerShell 5.1 turns names into numbers where it makes JSON, and Remoting may. */
type Names = Readonly<Record<number, string>>;

/** MSFT_SmbShare (learn.microsoft.com, previous-versions/windows/desktop/smb/msft-smbshare). */
export const shareStates: Names = { 0: 'Pending', 1: 'Online', 2: 'Offline' };
export const availabilityTypes: Names = {
  0: 'NonClustered',
  1: 'Clustered',
  2: 'ScaleOut',
  3: 'CSV',
  4: 'DFS',
};
export const cachingModes: Names = {
  0: 'None',
  1: 'Manual',
  2: 'Documents',
  3: 'Programs',
  4: 'BranchCache',
  5: 'Unknown',
};
export const shareTypes: Names = {
  0: 'FileSystemDirectory',
  1: 'PrintQueue',
  2: 'CommunicationDevice',
  3: 'InterprocessCommunication',
  4: 'Unknown',
};

/** Of the failover cluster (FailoverClusterDsc, tests/Unit/Stubs/FailoverClusters.stubs.psm1). */
export const nodeStates: Names = { [-1]: 'Unknown', 0: 'Up', 1: 'Down', 2: 'Paused', 3: 'Joining' };
export const drainStates: Names = { 0: 'NotInitiated', 1: 'InProgress', 2: 'Completed', 3: 'Failed' };
export const nodeConditions: Names = {
  0: 'Normal',
  1: 'Isolated',
  2: 'Quarantined',
  4: 'DrainInProgress',
  8: 'DrainCompleted',
  16: 'DrainFailed',
};
export const groupStates: Names = {
  [-1]: 'Unknown',
  0: 'Online',
  1: 'Offline',
  2: 'Failed',
  3: 'PartialOnline',
  4: 'Pending',
};
export const groupTypes: Names = {
  100: 'FileServer',
  114: 'ScaleoutFileServer',
  122: 'InfrastructureFileServer',
};
export const resourceStates: Names = {
  [-1]: 'Unknown',
  0: 'Inherited',
  1: 'Initializing',
  2: 'Online',
  3: 'Offline',
  4: 'Failed',
  128: 'Pending',
  129: 'OnlinePending',
  130: 'OfflinePending',
};
export const networkRoles: Names = { 0: 'None', 1: 'Cluster', 2: 'Client', 3: 'ClusterAndClient' };
export const networkStates: Names = {
  [-1]: 'Unknown',
  0: 'Unavailable',
  1: 'Down',
  2: 'Partitioned',
  3: 'Up',
};
export const volumeStates: Names = {
  0: 'Unavailable',
  1: 'Paused',
  2: 'Direct',
  3: 'FileSystemRedirected',
  4: 'BlockRedirected',
};

/** MSFT_StorageObject and what comes from it. */
export const healthStates: Names = { 0: 'Healthy', 1: 'Warning', 2: 'Unhealthy', 5: 'Unknown' };
export const jobStates: Names = {
  2: 'New',
  3: 'Starting',
  4: 'Running',
  5: 'Suspended',
  6: 'ShuttingDown',
  7: 'Completed',
  8: 'Terminated',
  9: 'Killed',
  10: 'Exception',
};

/** MSFT_SmbWitnessClient. */
export const witnessStates: Names = {
  0: 'Unknown',
  1: 'Connected',
  2: 'Registered',
  3: 'RequestedNotifications',
  4: 'Cancelled',
  5: 'Disconnected',
};

/** Flags in a number, or their names in one text, as names. */
export function flagsOf(text: string, names: Names): readonly string[] {
  const plain = text.trim();
  if (!/^\d+$/.test(plain)) return plain.split(/\s*,\s*/).filter((name) => name !== '');
  const bits = Number(plain);
  const set = Object.entries(names).filter(([bit]) => Number(bit) > 0 && (bits & Number(bit)) !== 0);
  if (set.length > 0) return set.map(([, name]) => name);
  return [names[bits] ?? plain];
}
