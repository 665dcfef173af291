import { type CheckOutcome, skip } from '../../../check.ts';
import { type Answers, cmdlet, type StorageCheck } from '../model/check.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { evidenceOf, firstRowOf, flagOf, numberOf, rowsIfAny, tableOf, textOf } from '../model/read.ts';
import { serverOf } from '../run/windows-servers.ts';
import { notShared } from '../shares/find-share.ts';

/** Editions with Storage Spaces Direct (winnt.h, PRODUCT_DATACENTER_* and PRODUCT_AZURE_*). */
const datacenter = [8, 12, 80, 145, 168, 406, 407, 408];

/** What Windows the node has, and whether it can do what its cluster is made for. */
export const windows: StorageCheck = {
  sides: ['client', 'server'],
  per: 'node',
  id: 'STO-01',
  title: 'look at the version and the edition of Windows',
  why: 'SMB 3 with continuous availability began with Server 2012, and Storage Spaces Direct is in the Datacenter edition alone.',
  remedy: 'install Windows Server 2016 or later; Datacenter where Storage Spaces Direct is on',
  optional: ['cluster'],
  ask: ({ use }) => ({
    os: cmdlet('Get-CimInstance', ['Caption', 'Version', 'OperatingSystemSKU'], {
      ClassName: 'Win32_OperatingSystem',
    }),
    ...(!use && { cluster: cmdlet('Get-Cluster', ['S2DEnabled']) }),
  }),
  verdict(answers) {
    const os = firstRowOf(answers, 'os', 'the node does not say what Windows it has');
    const [caption, version] = [textOf(os, 'Caption').trim(), textOf(os, 'Version')];
    const server = serverOf(version);
    const [cluster] = rowsIfAny(answers, 'cluster');
    const direct = cluster?.values.S2DEnabled !== undefined && flagOf(cluster, 'S2DEnabled');
    const edition = numberOf(os, 'OperatingSystemSKU');
    return judged(
      [
        failIf(
          server === undefined,
          `${caption} (${version}) is older than Windows Server 2012: it has no SMB 3`,
        ),
        failIf(
          direct && !datacenter.includes(edition),
          `${caption} has no Storage Spaces Direct, which is on: it is in Datacenter alone`,
        ),
      ],
      `${caption} (${version})`,
      evidenceOf(os, 'Caption', 'Version', 'OperatingSystemSKU'),
    );
  },
};

/** Dialects that a policy may hold the client to, and that are too old. */
const old = /^SMB2(02|10)$/i;

/** The SMB client of the node, and the SMB server of the storage. */
export const smb: StorageCheck = {
  sides: ['client', 'server'],
  per: 'node',
  except: notShared,
  id: 'STO-09',
  title: 'look at the settings of SMB',
  why: 'A client that is held to an old dialect has no continuous availability, and SMB1 is a way in for others.',
  remedy: 'Start-Service LanmanWorkstation; Set-SmbClientConfiguration, Set-SmbServerConfiguration',
  ask: ({ use }) =>
    use
      ? {
          facts: { call: 'Get-Facts' },
          service: { call: 'Get-ServiceState', name: 'LanmanWorkstation' },
          client: cmdlet('Get-SmbClientConfiguration', [
            'SessionTimeout',
            'RequireSecuritySignature',
            'Smb2DialectMax',
          ]),
        }
      : {
          server: cmdlet('Get-SmbServerConfiguration', [
            'EnableSMB1Protocol',
            'EnableSMB2Protocol',
            'SmbServerNameHardeningLevel',
            'RejectUnencryptedAccess',
          ]),
        },
  verdict: (answers, { use }) => (use ? clientOutcome(answers) : serverOutcome(answers)),
};

function serverOutcome(answers: Answers): CheckOutcome {
  const server = firstRowOf(answers, 'server', 'the node does not say how its SMB server is set');
  return judged(
    [
      failIf(
        !flagOf(server, 'EnableSMB2Protocol'),
        'SMB 2 and 3 are off',
        'Set-SmbServerConfiguration -EnableSMB2Protocol $true -Force',
      ),
      warnIf(
        flagOf(server, 'EnableSMB1Protocol'),
        'SMB1 is on',
        'Set-SmbServerConfiguration -EnableSMB1Protocol $false -Force',
      ),
    ],
    'SMB 3 is on, SMB1 is off',
    evidenceOf(server, 'EnableSMB1Protocol', 'SmbServerNameHardeningLevel', 'RejectUnencryptedAccess'),
  );
}

function clientOutcome(answers: Answers): CheckOutcome {
  const service = tableOf(answers, 'service');
  const client = firstRowOf(answers, 'client', 'the node does not say how its SMB client is set');
  const wine = tableOf(answers, 'facts').values.platform === 'wine';
  if (wine && !flagOf(service, 'exists')) return skip('Wine has no SMB client of its own');
  const status = flagOf(service, 'exists') ? textOf(service, 'status') : 'missing';
  const most = String(client.values.Smb2DialectMax ?? '');
  const timeout = numberOf(client, 'SessionTimeout');
  return judged(
    [
      failIf(
        status !== 'Running',
        `the service LanmanWorkstation is ${status}`,
        'Start-Service LanmanWorkstation',
      ),
      failIf(
        old.test(most),
        `the client may speak ${most} at most, and continuous availability needs SMB300`,
        'Set-SmbClientConfiguration -Smb2DialectMax None -Force, or the policy that sets it',
      ),
      warnIf(
        timeout < 60,
        `SessionTimeout is ${timeout} s: a failover of the server takes up to 60`,
        'Set-SmbClientConfiguration -SessionTimeout 60 -Force',
      ),
    ],
    'the SMB client runs, and no policy holds it to an old dialect',
    evidenceOf(client, 'SessionTimeout', 'RequireSecuritySignature', 'Smb2DialectMax'),
  );
}
