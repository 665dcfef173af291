/** A share of the site file, with its defaults. */
export interface Share {
  readonly name: string;
  readonly kind: 'sofs' | 'csv' | 'smb';
  /** What a node opens: UNC for sofs and smb, `C:\ClusterStorage\...` for csv. */
  readonly path: string;
  readonly scope?: string;
  readonly folder?: string;
  readonly manage: boolean;
  readonly access: readonly string[];
  readonly continuouslyAvailable: boolean;
  readonly encrypt: boolean;
  /** Bytes that its folder may hold. */
  readonly quota?: number;
  /** What its volume is made like where there is none; size in bytes. */
  readonly volume?: {
    readonly size: number;
    readonly resiliency: 'mirror' | 'parity';
    readonly tier?: string;
  };
  /** Percent of the volume. */
  readonly free: { readonly warn: number; readonly fail: number };
}
