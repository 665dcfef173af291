import type { Host, ProgramAnswer } from '../model/host.ts';
import { domain, mountPoint, scope } from './names.ts';
import { controller } from './smb.ts';

/** What `w32tm /stripchart /dataonly` prints, with an offset in each line as Windows writes it. */
export function stripChart(offsets: readonly string[]): ProgramAnswer {
  const samples = offsets.map((offset, index) => `06:39:${11 + 2 * index}, ${offset}`);
  return {
    command: 'w32tm /stripchart',
    exitCode: 0,
    stdout: [
      `Tracking ${controller.name} [${controller.address}:123].`,
      `Collecting ${offsets.length} samples.`,
      'The current time is 12/1/2026 6:39:11 AM.',
      ...samples,
      '',
    ].join('\r\n'),
  };
}

/** What `klist get` prints where the ticket is had. */
function ticket(): ProgramAnswer {
  return {
    command: 'klist get',
    exitCode: 0,
    stdout: [
      '',
      'Current LogonId is 0:0x3e7',
      `A ticket to cifs/${scope}.${domain} has been retrieved successfully.`,
      '',
      'Cached Tickets: (1)',
      '',
      `#0>\tClient: NODE1$ @ ${domain.toUpperCase()}`,
      `\tServer: cifs/${scope}.${domain} @ ${domain.toUpperCase()}`,
      '\tKerbTicket Encryption Type: AES-256-CTS-HMAC-SHA1-96',
      '',
    ].join('\r\n'),
  };
}

/** ReFS has no 8.3 names, and fsutil cannot ask a volume of it. */
const noShortNames: ProgramAnswer = {
  command: 'fsutil 8dot3name query',
  exitCode: 1,
  stdout: 'Error:  The request is not supported.\r\n',
};

/** A node in a domain, with what Windows Server 2022 sets by itself. */
export const host: Host = {
  caption: 'Microsoft Windows Server 2022 Datacenter',
  version: '10.0.20348',
  sku: 8,
  clientConfiguration: {
    SessionTimeout: 60,
    ExtendedSessionTimeout: 1000,
    KeepConn: 600,
    EnableMultiChannel: true,
    RequireSecuritySignature: false,
    EnableSecuritySignature: true,
    EnableLoadBalanceScaleOut: true,
    EnableInsecureGuestLogons: false,
  },
  serverConfiguration: {
    EnableSMB1Protocol: false,
    EnableSMB2Protocol: true,
    EncryptData: false,
    RejectUnencryptedAccess: true,
    RequireSecuritySignature: true,
    EnableSecuritySignature: false,
    DurableHandleV2TimeoutInSeconds: 180,
    SmbServerNameHardeningLevel: 0,
    EnableMultiChannel: true,
    TreatHostAsStableStorage: false,
  },
  exclusions: ['C:\\ClusterStorage', `${mountPoint}\\images`, 'C:\\Windows\\Cluster'],
  secureChannel: true,
  closedPorts: {},
  stopped: [],
  longPaths: true,
  events: [],
  programs: [stripChart(['+00.0012345s', '+00.0011873s', '+00.0012011s']), ticket(), noShortNames],
  records: [{ Name: controller.name, Type: 'A', value: controller.address }],
  unknown: [],
  running: [],
};
