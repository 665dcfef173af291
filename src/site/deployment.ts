import type { Problem } from '../errors.ts';
import type { Secret } from '../secret.ts';
import type { JujuSettings } from './juju-settings.ts';
import type { Share } from './share.ts';

export type { Share };

/** A string that may be secret; `String(value)` is always safe to show. */
export type Text = string | Secret;

/** A series of OpenStack: `2024.2`. */
export type Release = string;

/** From when on the checks of storage warn and fail. Times in seconds, sizes in bytes. */
export interface StorageLimits {
  readonly clockOffset: { readonly warn: number; readonly fail: number };
  /** Characters of the path of an image. */
  readonly pathLength: number;
  /** Lost connections above which a warning is given. */
  readonly disconnects: { readonly hour: number; readonly day: number };
  readonly repairInterval: number;
  readonly probeSize: number;
}

export type OptionValue =
  | Text
  | number
  | boolean
  | readonly (Text | number | boolean)[]
  | { readonly [key: string]: Text | number | boolean };
export type OptionGroups = { readonly [group: string]: { readonly [name: string]: OptionValue } };

export interface KeystoneUserSettings {
  readonly username: string;
  readonly password: Secret;
  readonly project: string;
  readonly userDomain: string;
  readonly projectDomain: string;
}

export interface KeystoneSettings extends KeystoneUserSettings {
  readonly authUrl: string;
  /** That of the endpoints. */
  readonly region: string;
  /** That of the identity service itself; absent: whichever its catalogue has. */
  readonly identityRegion?: string;
  /** Who signs its certificate, a file on the controller; absent: somebody whom Python knows. */
  readonly ca?: { readonly file: string };
  /** Who may change users and the catalogue; absent: both are left alone. */
  readonly admin?: KeystoneUserSettings;
}

/** A certificate in a store of the computer. */
export interface CertificateSettings {
  readonly name: string;
  /** Absolute path on the controller. */
  readonly file: string;
  /** Of a PFX. */
  readonly password?: Secret;
  readonly store: string;
  /** Who may read the private key; absent: the account of the service. */
  readonly readers?: readonly string[];
}

/** What is said of a node whichever way leads to it. */
export interface CommonNodeSettings {
  readonly name: string;
  readonly address: string;
  /** What it is for, by the names that components give, and `storage`. */
  readonly roles: readonly string[];
  /** As `Get-WindowsFeature` names them. */
  readonly windowsFeatures: readonly string[];
  readonly certificates: readonly CertificateSettings[];
  /** Seconds for PowerShell to start, and again for the agent in it; absent: as long as a busy server takes. */
  readonly startTimeout?: number;
}

/** What each way to a node needs, by its `via`. */
export interface ConnectionSettings {
  readonly ssh: {
    /** What is absent is asked of the SSH configuration; then it is port 22, Administrator, the SSH agent and ~/.ssh/known_hosts. */
    readonly port?: number;
    readonly user?: string;
    /** Absolute paths on the controller. */
    readonly identity?: string;
    readonly knownHosts?: string;
    readonly password?: Secret;
    /** `SHA256:...` of the only host key that is taken. */
    readonly fingerprint?: string;
    /** Absolute path on the controller; absent: none is read. */
    readonly sshConfig?: string;
  };
  /** Paths are absolute and on the controller. */
  readonly winrm: {
    readonly scheme: 'https' | 'http';
    readonly port: number;
    /** `user`, `DOMAIN\\user` or `user@realm`; absent: whose ticket is there. */
    readonly user?: string;
    readonly password?: Secret;
    readonly authentication: 'negotiate' | 'kerberos' | 'ntlm' | 'basic' | 'certificate';
    readonly certificate?: string;
    /** Absent: it is in the same file. */
    readonly certificateKey?: string;
    readonly ca?: string;
    /** SHA-256 of the certificate that is trusted, in hexadecimal digits. */
    readonly fingerprint?: string;
    /** Absent: `HTTP/` and the address. */
    readonly spn?: string;
    readonly keytab?: string;
    /** `http://HOST:PORT` */
    readonly proxy?: string;
    readonly allowUnencrypted: boolean;
  };
  /** The node itself, on which oriel runs. */
  readonly local: {
    /** Absolute path of the program that runs the agent; absent: Windows PowerShell. */
    readonly powershell?: string;
  };
  /** Through a PowerShell of this machine. */
  readonly psremoting: {
    readonly over: 'ssh' | 'winrm';
    /** Absolute path of the program here; absent: the one that can do it. */
    readonly powershell?: string;
    /** Absent: that of SSH, or of WinRM. */
    readonly port?: number;
    /** Absent: who runs oriel. */
    readonly user?: string;
    /** Over SSH. Absolute path on the controller. */
    readonly identity?: string;
    /** Over SSH. Absolute path on the controller. */
    readonly knownHosts: string;
    /** Over SSH: of the server; absent: `powershell`. */
    readonly subsystem?: string;
    /** Over WinRM. */
    readonly password?: Secret;
    /** Over WinRM: the session configuration; absent: the one that every Windows has. */
    readonly configuration?: string;
    readonly authentication?: 'negotiate' | 'kerberos' | 'basic' | 'credssp';
    readonly useSsl: boolean;
    /** The agent is installed there, and the session has one function that starts it. */
    readonly jea: boolean;
  };
  readonly recorded: {
    /** Absolute path on the controller, of a record (docs/reference/nodes/record.md). */
    readonly file: string;
  };
}
export type Via = keyof ConnectionSettings;

/** One of some ways to a node, with what it needs. */
export type ConnectionOf<Ways extends Via> = {
  readonly [Each in Ways]: { readonly via: Each } & ConnectionSettings[Each];
}[Ways];
/** A node that is reached in one of some ways. */
export type NodeOf<Ways extends Via> = {
  readonly [Each in Ways]: CommonNodeSettings & ConnectionOf<Each>;
}[Ways];
export type NodeSettings = NodeOf<Via>;

export type PythonSource =
  | { readonly version: string; readonly maven: string; readonly sha256?: string }
  | { readonly version: string; readonly archive: string; readonly sha256: string };

/** Who signs the package; the same shape as Identity of src/msi/sign. */
export interface Signing {
  /** Absolute path on the controller. */
  readonly certificate: string;
  readonly key: Secret | { readonly module: string; readonly uri: string; readonly pin?: Secret };
  readonly timestamp?: string;
}

/** How a node is taken out of the load balancer before it is changed. Texts may hold `{node}` and `{address}`. */
export type Drain = HaproxyDrain | CommandDrain | KeepalivedDrain;

interface DrainLimit {
  /** Seconds for a node to become idle, and to be sent to again. */
  readonly timeout: number;
}

export interface HaproxyDrain extends DrainLimit {
  readonly by: 'haproxy';
  /** The runtime API; `via`: a program that speaks it on its standard streams. */
  readonly reach:
    | { readonly socket: string }
    | { readonly host: string; readonly port: number }
    | { readonly via: readonly string[] };
  readonly backend: string;
  readonly server: string;
}

export interface CommandDrain extends DrainLimit {
  readonly by: 'command';
  readonly command: readonly string[];
}

export interface KeepalivedDrain extends DrainLimit {
  readonly by: 'keepalived';
  /** Program and arguments before `tee`; empty: this machine. */
  readonly via: readonly string[];
  readonly trackFile: string;
  /** What the file holds while the node is out, and else. */
  readonly out: string;
  readonly back: string;
}

export interface Rollout {
  readonly serial: number | string;
  /** One node goes first, alone. */
  readonly canary: boolean;
  readonly maxFailures: number;
  /** Seconds. */
  readonly settle: number;
  /** What becomes of the nodes that a run has changed when one of them is not healthy. */
  readonly onFailure: 'stop' | 'rollback';
  readonly reboot: 'never' | 'when-needed';
  readonly drain?: Drain;
  /** `upload` is in bytes; `gate`: such an image has to pass through each changed node before the next ones are changed. */
  readonly health: { readonly http: string; readonly upload: number; readonly gate: boolean };
}

/** The validated, frozen reading of one site file. Nothing after `loadDeployment` reads YAML, environment or defaults. */
export interface Deployment {
  readonly name: string;
  readonly release: Release;
  /** Absolute path of the site file and of its folder; journal, locks and dist live below the folder. */
  readonly file: string;
  readonly directory: string;
  readonly shares: { readonly [name: string]: Share };
  readonly limits: StorageLimits;
  /** Settings of the components that the site has, by name; each component knows the type of its own. */
  readonly components: { readonly [name: string]: unknown };
  readonly payload: { readonly python: PythonSource; readonly index: string };
  readonly msi: { readonly manufacturer: string; readonly sign?: Signing };
  readonly nodes: readonly NodeSettings[];
  readonly rollout: Rollout;
  /** Absent where the site file says nothing of Juju. */
  readonly juju?: JujuSettings;
  /** What is allowed and still likely to be regretted, with positions; verbs show it and go on. */
  readonly warnings: readonly Problem[];
}

/** What a package is made by: all that it needs of a site, so that it can be made without one. */
export type PackageSettings = Pick<Deployment, 'release' | 'payload' | 'msi' | 'directory'>;
