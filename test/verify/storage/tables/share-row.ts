import { changed } from '../harness.ts';

export const row = {
  Name: 'images',
  ScopeName: 'SOFS1',
  Path: 'C:\\ClusterStorage\\Volume1\\images',
  ShareState: 'Online',
  ShareType: 'FileSystemDirectory',
  ContinuouslyAvailable: true,
  AvailabilityType: 'ScaleOut',
  CATimeout: 0,
  CachingMode: 'None',
  EncryptData: true,
  SecurityDescriptor: 'O:BAG:DUD:(A;;FA;;;S-1-5-21-1004336348-1177238915-682003330-1107)(A;;FA;;;BA)',
};
export const admin = {
  Name: 'C$',
  ScopeName: '*',
  Path: 'C:\\',
  ShareState: 'Online',
  ShareType: 'FileSystemDirectory',
};
/** The share, and one that a naive look takes for it. */
const shares = [row, { ...admin, CachingMode: 'Manual', EncryptData: false, ContinuouslyAvailable: false }];
export const withShare = (change: object) => ({ 'Get-SmbShare': changed(shares, change) });
export const healthyShares = { 'Get-SmbShare': shares };
