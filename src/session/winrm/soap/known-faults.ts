/** What a fault means, and what to do about it. */
export interface KnownFault {
  readonly means: string;
  readonly remedy?: string;
}

const setQuota = (path: string, value: string): string =>
  `On the node: \`Set-Item WSMan:\\localhost\\${path} ${value}\`, then \`Restart-Service WinRM\`.`;
const setOfPlugin = (name: string, value: string): string => setQuota(`Plugin\\*\\Quotas\\${name}`, value);

const noMemory: KnownFault = {
  means: 'there is no memory left, perhaps by the limit of a WinRM shell (MaxMemoryPerShellMB)',
  remedy: `${setQuota('Shell\\MaxMemoryPerShellMB', '2048')} The same for the plug-in: \`WSMan:\\localhost\\Plugin\\Microsoft.PowerShell\\Quotas\\MaxMemoryPerShellMB\`. WMF 3.0 ignores the value without its fix.`,
};
const accessDenied: KnownFault = {
  means: 'the account is known but may not open a command shell here',
  remedy:
    'It needs to be an administrator of the node (a local one: LocalAccountTokenFilterPolicy = 1), or use `via: psremoting`.',
};
const shellGone: KnownFault = {
  means: 'its shell is gone: WinRM or the node was restarted, or somebody removed it',
};

/**
 * By the code in the fault. Names and numbers: wsmerror.h and winerror.h of the Windows SDK; quotas: "Quotas" in the documentation of
 * Windows Remote Management.
 */
export const knownFaults: Readonly<Record<number, KnownFault>> = {
  5: accessDenied,
  2147942405: accessDenied, // 0x80070005
  8: noMemory,
  14: noMemory,
  1455: noMemory,
  2147942414: noMemory, // 0x8007000E
  2147943855: noMemory, // 0x800705AF
  1816: {
    means: 'the shell may start no more processes (MaxProcessesPerShell, MaxMemoryPerShellMB)',
    remedy: setQuota('Shell\\MaxProcessesPerShell', '100'),
  },
  995: shellGone,
  2150858770: {
    // 0x80338012
    means: 'WinRM on the node does not answer',
    remedy:
      'Is the service started there (`Get-Service WinRM`), and is there a listener (`winrm enumerate winrm/config/listener`)? `winrm quickconfig` makes one.',
  },
  2150858790: {
    // 0x80338026
    means: 'the envelope is larger than the node takes (MaxEnvelopeSizekb)',
    remedy: setQuota('MaxEnvelopeSizekb', '500'),
  },
  2150858793: { means: 'the node was too busy to answer in time (OperationTimeout)' }, // 0x80338029
  2150858806: { means: 'the node could not check the account' }, // 0x80338036
  2150858815: { means: 'a quota of WinRM is used up', remedy: 'Wait, or end other sessions on the node.' }, // 0x8033803F
  2150858824: {
    // 0x80338048
    means: 'the answer is larger than the node may send (MaxEnvelopeSizekb)',
    remedy: setQuota('MaxEnvelopeSizekb', '500'),
  },
  2150858843: shellGone, // 0x8033805B
  2150859173: {
    // 0x803381A5
    means: 'this account has as many shells on the node as it may (MaxShellsPerUser)',
    remedy: `End others (\`winrm enumerate shell\`), or raise it. ${setQuota('Shell\\MaxShellsPerUser', '100')}`,
  },
  2150859174: {
    // 0x803381A6
    means:
      'this account has as many operations under way on the node as it may (MaxConcurrentOperationsPerUser)',
    remedy: setQuota('Service\\MaxConcurrentOperationsPerUser', '1500'),
  },
  2150859175: {
    // 0x803381A7
    means: 'this account asks more often than the node allows',
    remedy: 'Run again later, with fewer runs at the same time.',
  },
  2150859176: {
    // 0x803381A8
    means: 'the node is asked more often than it allows',
    remedy: 'Run again later, with fewer runs at the same time.',
  },
  2150859179: {
    // 0x803381AB
    means: 'as many accounts have shells on the node as may (MaxConcurrentUsers)',
    remedy: setQuota('Shell\\MaxConcurrentUsers', '25'),
  },
  2150859180: {
    // 0x803381AC
    means: 'the node lets nobody open a remote shell (AllowRemoteShellAccess)',
    remedy: setQuota('Shell\\AllowRemoteShellAccess', '$true'),
  },
  2150859236: {
    // 0x803381E4
    means: 'this account has as many shells of this plug-in as it may (MaxShellsPerUser of its quotas)',
    remedy: setOfPlugin('MaxShellsPerUser', '100'),
  },
  2150859237: {
    // 0x803381E5
    means: 'as many accounts use this plug-in as may (MaxConcurrentUsers of its quotas)',
    remedy: setOfPlugin('MaxConcurrentUsers', '25'),
  },
  2150859238: {
    // 0x803381E6
    means: 'there are as many shells of this plug-in as may be (MaxShells of its quotas)',
    remedy: setOfPlugin('MaxShells', '100'),
  },
  2150859240: {
    // 0x803381E8
    means: 'this account has as many operations of this plug-in under way as it may (its quotas)',
    remedy: setOfPlugin('MaxConcurrentOperationsPerUser', '1500'),
  },
  2150859241: {
    // 0x803381E9
    means: 'this shell has as many commands as it may (MaxConcurrentCommandsPerShell)',
    remedy: setOfPlugin('MaxConcurrentCommandsPerShell', '1000'),
  },
};
