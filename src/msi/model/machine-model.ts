/** What may be said of everything that is installed. */
export interface Installed {
  /** Id of the feature that it belongs to; the first one when absent. */
  readonly feature?: string;
  /** Decides at the first install whether it is installed with its feature. */
  readonly condition?: string;
}

/** A value in the registry, in the 64-bit view; removed with its feature. Key, name and texts are formatted. */
export type MsiRegistry = Installed & {
  readonly root: 'HKLM' | 'HKCU' | 'HKCR' | 'HKU' | 'HKMU';
  /** `Software\Example`, without the root. */
  readonly key: string;
  /** The default value of the key when absent. */
  readonly name?: string;
  /** Stays when the product is removed. */
  readonly permanent?: boolean;
  /** Who may do what with the key, as SDDL. */
  readonly permissions?: string;
} & (
    | { readonly type: 'string' | 'expandable'; readonly value: string }
    | { readonly type: 'multi'; readonly value: readonly string[] }
    /** A whole number of 32 bits, or formatted text that gives one. */
    | { readonly type: 'dword'; readonly value: number | string }
    /** Bytes as hexadecimal digits. */
    | { readonly type: 'binary'; readonly value: string }
    /** The key alone; `whole` removes it with all that is in it. */
    | { readonly type: 'key'; readonly whole?: boolean }
  );

/** Sets a property from the registry before launch conditions are looked at; it keeps its value when nothing is found. */
export interface MsiSearch {
  /** In upper case. */
  readonly property: string;
  readonly root: 'HKLM' | 'HKCU' | 'HKCR' | 'HKU';
  readonly key: string;
  readonly name?: string;
  /** The value as it is (default), or only when it names a directory or a file that is there. */
  readonly type?: 'raw' | 'directory' | 'file';
  /** With `file`: the name it must have. */
  readonly file?: string;
  /** Which view of the registry; 64 when absent. */
  readonly bits?: 32 | 64;
}

/** An environment variable of the machine. */
export interface MsiEnvironment extends Installed {
  readonly name: string;
  /** Formatted text. */
  readonly value: string;
  /** `set` (default) replaces, `create` leaves one that is there, `append` and `prepend` add to a list with semicolons. */
  readonly action?: 'set' | 'create' | 'append' | 'prepend';
  /** Stays when the product is removed. */
  readonly permanent?: boolean;
  /** Of the user who installs, not of the machine. */
  readonly user?: boolean;
}

/** A line in an INI file, which is made when it is not there. All but the file name is formatted. */
export interface MsiIniFile extends Installed {
  readonly file: string;
  /** Id of the directory; INSTALLDIR when absent. */
  readonly directory?: string;
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** `set` (default) replaces, `create` leaves a line that is there, `add` adds to a list with commas. */
  readonly action?: 'set' | 'create' | 'add';
}

export interface MsiShortcut extends Installed {
  readonly name: string;
  /** `ProgramMenuFolder`, `DesktopFolder` or `StartupFolder`. */
  readonly root: 'ProgramMenuFolder' | 'DesktopFolder' | 'StartupFolder';
  /** Folders below it. */
  readonly path?: readonly string[];
  /** Target of the file that it starts. */
  readonly file: string;
  /** Formatted text. */
  readonly arguments?: string;
  readonly description?: string;
  /** Name of an icon of the model; the file's own when absent. */
  readonly icon?: string;
  readonly iconIndex?: number;
  readonly show?: 'normal' | 'maximized' | 'minimized';
  /** Id of the directory that the program starts in. */
  readonly workingDirectory?: string;
}

/** Files that the product made itself: removed without having been installed. `*` and `?` stand for any characters. */
export interface MsiRemoval extends Installed {
  /** Id of the directory, or a property that holds a path. */
  readonly directory: string;
  /** The directory itself, when it is empty, if absent. */
  readonly file?: string;
  /** Default `uninstall`. */
  readonly on?: 'install' | 'uninstall' | 'both';
}

/** What Windows does when a service fails. */
export interface MsiRecovery {
  /** Seconds without a failure after which it counts from the start. */
  readonly resetAfter: number;
  /** The first, second and any later failure; `delay` in milliseconds. */
  readonly actions: readonly {
    readonly action: 'none' | 'restart' | 'reboot' | 'run';
    readonly delay: number;
  }[];
  /** Command line for `run`. Formatted text. */
  readonly command?: string;
  /** An end with an error counts as a failure, too, not only a crash. */
  readonly onError?: boolean;
}
