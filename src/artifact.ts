/** A file with an identity: fetched (wheel, Python runtime) or made (MSI, rendered file). */
export interface Artifact {
  readonly name: string;
  readonly version: string;
  /** Absolute path on the controller. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly origin: 'fetched' | 'made';
}

/** What `oriel build` writes beside an MSI (`<name>.json`), and all that planning needs to know of one. */
export interface MsiArtifact extends Artifact {
  readonly productName: string;
  /** `{UPPER-CASE-GUID}`. */
  readonly productCode: string;
  readonly upgradeCode: string;
  /** Number of files it installs. */
  readonly files: number;
}
