export type ResourceState = 'Online' | 'Offline' | 'Failed' | 'OnlinePending' | 'OfflinePending';

/** An element of OperationalStatus is text; a Windows that serialises it gives numbers or one text. */
export interface Health {
  readonly HealthStatus: string | number;
  readonly OperationalStatus: readonly (string | number)[] | string;
}

export interface StoragePool extends Health {
  readonly FriendlyName: string;
  readonly IsPrimordial: boolean;
  readonly IsReadOnly: boolean;
  readonly ReadOnlyReason: string;
  readonly Size: number;
  readonly AllocatedSize: number;
  readonly ProvisioningTypeDefault: string;
}

export interface PhysicalDisk extends Health {
  readonly FriendlyName: string;
  readonly SerialNumber: string;
  readonly Usage: string;
  readonly MediaType: string;
  readonly Size: number;
  readonly AllocatedSize: number;
  readonly CanPool: boolean;
}

export interface VirtualDisk extends Health {
  readonly FriendlyName: string;
  readonly DetachedReason: string;
  readonly ResiliencySettingName: string;
  readonly NumberOfDataCopies: number;
  readonly PhysicalDiskRedundancy: number;
  readonly Size: number;
  readonly AllocatedSize: number;
  readonly FootprintOnPool: number;
  readonly ProvisioningType: string;
  readonly IsManualAttach: boolean;
}

/** How a node reaches a volume: the properties of Get-ClusterSharedVolumeState. */
export interface VolumeAccess {
  readonly StateInfo: 'Unavailable' | 'Paused' | 'Direct' | 'FileSystemRedirected' | 'BlockRedirected';
  readonly FileSystemRedirectedIOReason: string;
  readonly BlockRedirectedIOReason: string;
}

/** A virtual disk, the volume on it, and the cluster shared volume that they are. */
export interface ClusterVolume {
  readonly disk: VirtualDisk;
  /** Name of the cluster's resource. */
  readonly resource: string;
  readonly State: ResourceState;
  readonly OwnerNode: string;
  /** `C:\ClusterStorage\Volume1`. */
  readonly mountPoint: string;
  readonly guid: string;
  readonly FaultState: string;
  readonly MaintenanceMode: boolean;
  readonly RedirectedAccess: boolean;
  readonly volume: Health & {
    readonly FileSystem: string;
    readonly FileSystemType: string;
    readonly SizeRemaining: number;
    readonly DedupMode: string;
  };
  /** Of the nodes that are not named here it is `access`. */
  readonly accessOf: Readonly<Record<string, VolumeAccess>>;
  readonly access: VolumeAccess;
}

export interface StorageJob {
  readonly Name: string;
  readonly JobState: string;
  readonly IsBackgroundTask: boolean;
  readonly BytesProcessed: number;
  readonly BytesTotal: number;
  /** Bytes by which it goes on from one question to the next: a job of the model has no clock. Past its total it is gone. */
  readonly step: number;
}

export interface HealthFault {
  readonly FaultType: string;
  /** Text, or the number of CIM: 4 to 6. */
  readonly PerceivedSeverity: string | number;
  readonly Reason: string;
  readonly FaultingObjectDescription: string;
  readonly FaultingObjectLocation?: string;
  readonly RecommendedActions?: readonly string[];
  /** Which cmdlet finds it. */
  readonly foundBy: 'StorageSubSystem' | 'Volume' | 'FileShare';
}

export interface FsrmQuota {
  readonly Path: string;
  readonly Size: number;
  readonly SoftLimit: boolean;
  readonly Usage: number;
  readonly Description: string;
}
