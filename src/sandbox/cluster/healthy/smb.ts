import { tenant } from '../../tenant.ts';
import type { Cluster } from '../model/cluster.ts';
import type { ShareTrustee } from '../model/smb.ts';
import { domain, hosts, mountPoint, scope } from './names.ts';

const trustee = (AccountName: string): ShareTrustee => ({
  AccountName,
  AccessControlType: 'Allow',
  AccessRight: 'Full',
});
const account = `EXAMPLE\\${tenant}$`;

/** The share of the images, and the node that is asked, which has it open. */
export const smb: Pick<Cluster, 'shares' | 'clients'> = {
  shares: [
    {
      Name: 'images',
      ScopeName: scope,
      Path: `${mountPoint}\\images`,
      ShareType: 'FileSystemDirectory',
      ShareState: 'Online',
      AvailabilityType: 'ScaleOut',
      ContinuouslyAvailable: true,
      CATimeout: 0,
      CachingMode: 'None',
      EncryptData: true,
      FolderEnumerationMode: 'Unrestricted',
      SmbInstance: 'Default',
      access: [trustee(account), trustee('EXAMPLE\\Storage Admins')],
    },
  ],
  clients: [
    {
      computer: '{computer}',
      user: account,
      ServerName: scope,
      ShareName: 'images',
      node: hosts[0],
      sessionId: 5497558138889,
      Dialect: '3.1.1',
      Encrypted: true,
      Signed: true,
      ContinuouslyAvailable: true,
      files: [{ FileId: 5497558138881, ShareRelativePath: '', ContinuouslyAvailable: true }],
      witness: {
        WitnessNodeName: hosts[1],
        State: 'RequestedNotifications',
        Flags: 'NetworkName, ShareName',
      },
      channels: [
        {
          ClientIpAddress: '10.20.0.101',
          ServerIpAddress: '10.20.0.11',
          ClientRdmaCapable: false,
          ServerRdmaCapable: false,
          Selected: true,
          Failed: false,
          FailureCount: 0,
        },
      ],
    },
  ],
};

/** Of the controller of the domain, which gives the time. */
export const controller = { name: `DC1.${domain}`, address: '10.20.0.5' } as const;
