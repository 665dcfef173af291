export interface ShareTrustee {
  readonly AccountName: string;
  /** What its access descriptor has; by default that of the name. */
  readonly sid?: string;
  readonly AccessControlType: 'Allow' | 'Deny';
  readonly AccessRight: 'Full' | 'Change' | 'Read' | 'Custom';
}

/** As the agent tells of a directory: `rights` are FileSystemRights in words, or as a number. */
export interface FolderAccess {
  readonly owner: string;
  readonly inherits: boolean;
  readonly accounts: readonly {
    readonly account: string;
    readonly rights: string;
    readonly inherited?: boolean;
    readonly deny?: true;
    readonly reach?: string;
  }[];
}

export interface ClusterShare {
  readonly Name: string;
  readonly ScopeName: string;
  readonly Path: string;
  readonly ShareType: string;
  readonly ShareState: 'Pending' | 'Online' | 'Offline';
  readonly AvailabilityType: string;
  readonly ContinuouslyAvailable: boolean;
  readonly CATimeout: number;
  readonly CachingMode: string;
  readonly EncryptData: boolean;
  readonly FolderEnumerationMode: string;
  readonly SmbInstance: string;
  readonly access: readonly ShareTrustee[];
  /** Who has access to the folder behind it, where that is not what a node has set itself. */
  readonly folder?: FolderAccess;
}

/** A computer that has a share open: its connection, the session on the server, and its registration with the witness. */
export interface SmbClient {
  readonly computer: string;
  readonly user: string;
  readonly ServerName: string;
  readonly ShareName: string;
  /** Node of the cluster that serves it. */
  readonly node: string;
  readonly sessionId: number;
  readonly Dialect: string;
  readonly Encrypted: boolean;
  readonly Signed: boolean;
  /** What the client sees of its handles. */
  readonly ContinuouslyAvailable: boolean;
  readonly files: readonly SmbFile[];
  readonly witness?: WitnessRegistration;
  readonly channels: readonly SmbChannel[];
}

export interface SmbFile {
  readonly FileId: number;
  readonly ShareRelativePath: string;
  /** What the server knows of the handle. */
  readonly ContinuouslyAvailable: boolean;
}

export interface WitnessRegistration {
  /** Node that watches. */
  readonly WitnessNodeName: string;
  readonly State: string;
  readonly Flags: string;
}

export interface SmbChannel {
  readonly ClientIpAddress: string;
  readonly ServerIpAddress: string;
  readonly ClientRdmaCapable: boolean;
  readonly ServerRdmaCapable: boolean;
  readonly Selected: boolean;
  readonly Failed: boolean;
  readonly FailureCount: number;
}
