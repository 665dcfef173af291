import type { MsiAction, MsiBinary } from './action-model.ts';
import type { MsiUi } from './dialog-model.ts';
import type {
  Installed,
  MsiEnvironment,
  MsiIniFile,
  MsiRecovery,
  MsiRegistry,
  MsiRemoval,
  MsiSearch,
  MsiShortcut,
} from './machine-model.ts';

/** A part of the product that can be chosen at install: `msiexec /i x.msi ADDLOCAL=Api,Scrubber`. */
export interface MsiFeature {
  /** Letters, digits, `_` and `.`, 38 at most. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Id of the feature that it is part of; it is installed with any of its parts. */
  readonly parent?: string;
  /** Installed unless chosen otherwise when INSTALLLEVEL (1) is not lower; 0 keeps it from being chosen. Default 1. */
  readonly level?: number;
  /** Other levels for machines on which a condition holds. */
  readonly conditions?: readonly { readonly condition: string; readonly level: number }[];
}

/** A file to install: `source` on the builder, `target` below the install directory with forward slashes. */
export interface MsiFile extends Installed {
  readonly source: string;
  readonly target: string;
  /** Bytes in place of what `source` holds (generated files). */
  readonly content?: Uint8Array;
  /** Stays when the product is removed. */
  readonly permanent?: boolean;
  /** Is not replaced when it is there already. To outlive upgrades it has to be permanent as well. */
  readonly neverOverwrite?: boolean;
  /** Who may do what with it, as SDDL. Formatted text. */
  readonly permissions?: string;
}

/** A service belongs to the feature of its program. Two services have two programs, be it two targets of one source. */
export interface MsiService {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Target of the file that is the service's program. */
  readonly file: string;
  /** Formatted text: `[INSTALLDIR]` and other properties are filled in at install. */
  readonly arguments: string;
  /** `delayed` is `auto`, some two minutes after the others. */
  readonly start: 'auto' | 'delayed' | 'demand' | 'disabled';
  /** `LocalSystem` when absent or empty. Formatted text. */
  readonly account?: string;
  /** The password of the account: a hidden property in brackets, `[SERVICEPASSWORD]`. */
  readonly password?: string;
  /** Names of services that have to run first. */
  readonly dependencies: readonly string[];
  /** Whether the installer starts it, or the condition for that; it is always stopped and deleted at uninstall. */
  readonly startOnInstall: boolean | string;
  /** Windows waits 30 seconds for a start and then fails; with `false` it only asks for it, and a custom action may wait longer. */
  readonly awaitStart?: boolean;
  readonly recovery?: MsiRecovery;
  /** Who may do what with it, as SDDL. Formatted text. */
  readonly permissions?: string;
}

export interface MsiProperty {
  readonly name: string;
  /** Used when nothing is given; may be empty. */
  readonly value: string;
  /** Reaches the installing process. The name must be in upper case. */
  readonly secure?: boolean;
  /** Kept out of logs by Windows. */
  readonly hidden?: boolean;
  /** Stays the same in installs from an administrative image. */
  readonly admin?: boolean;
  /**
   * Kept in the registry, so that an upgrade or repair goes on with the value that was given; a value that is given again wins.
   * Makes it secure. Not for hidden ones.
   */
  readonly remember?: boolean;
}

/**
 * A directory outside the install directory that the package creates, and leaves behind unless told otherwise. With an id in upper case it can be given
 * at install (`LOGDIR=D:\logs`) and is remembered.
 */
export interface MsiDirectory extends Installed {
  readonly id: string;
  /** A standard folder property: `CommonAppDataFolder`, `ProgramFiles64Folder`. */
  readonly root: string;
  readonly path: readonly string[];
  /** False: removed with the product when it is empty. */
  readonly permanent?: boolean;
  /** Who may do what with it, as SDDL. Formatted text. */
  readonly permissions?: string;
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
  /** Folders below ProgramFiles64Folder: `['oriel', 'clock']` is INSTALLDIR. */
  readonly installDirectory: readonly string[];
  /** One feature `Main` with everything in it when absent. The first one holds what names no feature. */
  readonly features?: readonly MsiFeature[];
  readonly files: readonly MsiFile[];
  readonly directories: readonly MsiDirectory[];
  readonly services: readonly MsiService[];
  readonly properties: readonly MsiProperty[];
  readonly launchConditions: readonly { readonly condition: string; readonly message: string }[];
  readonly registry?: readonly MsiRegistry[];
  readonly searches?: readonly MsiSearch[];
  readonly environment?: readonly MsiEnvironment[];
  readonly iniFiles?: readonly MsiIniFile[];
  readonly shortcuts?: readonly MsiShortcut[];
  readonly removals?: readonly MsiRemoval[];
  /** `.ico` or `.exe` files with pictures, by name. */
  readonly icons?: readonly MsiBinary[];
  /** Name of the icon in the list of installed programs. */
  readonly productIcon?: string;
  /** Messages by number, 25000 to 30000, for libraries that report them. */
  readonly errors?: readonly { readonly number: number; readonly message: string }[];
  readonly binaries?: readonly MsiBinary[];
  /** Custom actions, in the order in which those at one place run. */
  readonly actions?: readonly MsiAction[];
  /** Dialogs; without them Windows shows its own progress alone. */
  readonly ui?: MsiUi;
  /** A component per directory (default), or one per file, which minor updates and patches by others need. */
  readonly components?: 'directory' | 'file';
  /** Unix seconds, for every date in the package. */
  readonly epoch: number;
}

/** The features of a model, one at least. */
export function featuresOf({
  features = [],
  name,
}: Pick<MsiModel, 'features' | 'name'>): readonly [MsiFeature, ...MsiFeature[]] {
  const [first = { id: 'Main', title: name }, ...others] = features;
  return [first, ...others];
}
