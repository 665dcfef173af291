/** A file to install: `source` on the builder, `target` below the install directory with forward slashes. */
export interface MsiFile {
  readonly source: string;
  readonly target: string;
  /** Bytes in place of what `source` holds (generated files). */
  readonly content?: Uint8Array;
}

export interface MsiService {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Target of the file that is the service's program. */
  readonly file: string;
  /** Formatted text: `[INSTALLDIR]` and other properties are filled in at install. */
  readonly arguments: string;
  readonly start: 'auto' | 'demand' | 'disabled';
  /** `LocalSystem` when absent. Formatted text. */
  readonly account?: string;
  /** Names of services that have to run first. */
  readonly dependencies: readonly string[];
  /** Whether the installer starts it; it is always stopped and deleted at uninstall. */
  readonly startOnInstall: boolean;
}

export interface MsiProperty {
  readonly name: string;
  readonly value: string;
  readonly secure?: boolean;
  readonly hidden?: boolean;
}

/** A directory outside the install directory that the package creates and leaves behind. `path` is formatted: `[CommonAppDataFolder]oriel\glance`. */
export interface MsiDirectory {
  readonly id: string;
  /** A standard folder property: `CommonAppDataFolder`, `ProgramFiles64Folder`. */
  readonly root: string;
  readonly path: readonly string[];
}

/** All that a package is made from. The compiler reads nothing else, so equal models give equal bytes. */
export interface MsiModel {
  readonly name: string;
  readonly manufacturer: string;
  /** `a.b.c`: major and minor to 255, build to 65535. */
  readonly version: string;
  /** `{UPPER-CASE-GUID}`, the same for all versions of the product. */
  readonly upgradeCode: string;
  readonly comments?: string;
  /** Folders below ProgramFiles64Folder: `['oriel', 'glance']` is INSTALLDIR. */
  readonly installDirectory: readonly string[];
  readonly files: readonly MsiFile[];
  readonly directories: readonly MsiDirectory[];
  readonly services: readonly MsiService[];
  readonly properties: readonly MsiProperty[];
  readonly launchConditions: readonly { readonly condition: string; readonly message: string }[];
  /** Unix seconds, for every date in the package. */
  readonly epoch: number;
}
