/** Windows Server that nodes have, oldest first. */
export const windowsVersions = ['2012', '2012R2', '2016', '2019', '2022', '2025'] as const;
export type WindowsVersion = (typeof windowsVersions)[number];

/** What a preparation is made for. */
export interface PrepareSettings {
  readonly windows: WindowsVersion;
  /** Who may connect: addresses, networks (10.0.0.0/24), or `LocalSubnet`. */
  readonly from: readonly string[];
  /** Public SSH key, one line. */
  readonly key?: string;
  /** Where the node has the zip of OpenSSH, on Windows without a capability of it. */
  readonly zip: string;
  /** WinRM over HTTP with messages that Negotiate seals, in place of HTTPS. */
  readonly http: boolean;
  /** Name in the certificate; absent: that of the computer. */
  readonly hostName?: string;
  /** Of a certificate that the node has; absent: one is made. */
  readonly thumbprint?: string;
  /** Full tokens for local administrators over the network. */
  readonly tokenFilter: boolean;
}
