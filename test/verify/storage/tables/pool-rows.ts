export const server = { side: 'server' } as const;
export const well = { HealthStatus: 'Healthy', OperationalStatus: ['OK'] };
export const cluster = [{ Name: 'S2D-CL1', S2DEnabled: 1 }];
export const subsystems = [
  { FriendlyName: 'Clustered Windows Storage on S2D-CL1', Model: 'Clustered Windows Storage', ...well },
  { FriendlyName: 'Windows Storage on S2D-1', Model: 'Windows Storage', ...well },
];
export const off = {
  title: 'disks of another maker',
  answers: { 'Get-Cluster': [{ Name: 'CL1', S2DEnabled: 0 }] },
  verdict: 'skip',
  message: /Storage Spaces Direct is off in CL1/,
} as const;
