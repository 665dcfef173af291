export const GiB = 2 ** 30;
export const TiB = 2 ** 40;

export const clusterName = 'S2D-CL1';
export const domain = 'example.org';
/** Network name of the scale-out file server. */
export const scope = 'SOFS1';
export const hosts = ['S2D-1', 'S2D-2'] as const;
export const volumeName = 'Volume1';
export const mountPoint = `C:\\ClusterStorage\\${volumeName}`;
