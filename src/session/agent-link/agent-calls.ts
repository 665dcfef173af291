// Long: two types for each call. Made from agent/protocol.schema.json by `npm run check -- --write`.

/** What each call of the agent takes. */
export interface AgentParameters {
  readonly 'Get-Facts': Readonly<Record<string, never>>;
  readonly 'Invoke-Cmdlet': {
    readonly name: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly select: readonly string[];
  };
  readonly 'Invoke-Process': {
    readonly file: string;
    readonly arguments: readonly string[];
    readonly timeout: number;
    readonly directory?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly input?: string;
    readonly stream?: boolean;
  };
  readonly 'Start-DetachedProcess': {
    readonly name: string;
    readonly file: string;
    readonly arguments: readonly string[];
  };
  readonly 'Get-DetachedProcess': { readonly name: string };
  readonly 'Remove-DetachedProcess': { readonly name: string };
  readonly 'Get-FileState': { readonly path: string; readonly salt?: string };
  readonly 'Set-File': { readonly path: string; readonly content: string };
  readonly 'Get-FileContent': { readonly path: string };
  readonly 'Add-FileContent': { readonly path: string; readonly offset: number; readonly content: string };
  readonly 'Get-FileBlock': { readonly path: string; readonly offset: number; readonly length: number };
  readonly 'Get-FileTail': { readonly path: string; readonly lines: number };
  readonly 'Move-Path': { readonly path: string; readonly destination: string };
  readonly 'Remove-Path': { readonly path: string; readonly recurse?: boolean };
  readonly 'Get-DirectoryState': { readonly path: string };
  readonly 'Set-Directory': { readonly path: string };
  readonly 'Set-DirectoryAccess': {
    readonly path: string;
    readonly access: readonly {
      readonly account: string;
      readonly rights: 'FullControl' | 'Modify' | 'ReadAndExecute';
    }[];
  };
  readonly 'Get-RegistryValue': { readonly key: string; readonly name?: string };
  readonly 'Get-MsiProduct': { readonly upgradeCode: string };
  readonly 'Get-ServiceState': { readonly name: string };
  readonly 'Get-ServiceProcess': { readonly name: string };
  readonly 'Set-ServiceState': {
    readonly name: string;
    readonly status: 'Running' | 'Stopped';
    readonly timeout: number;
  };
  readonly 'Set-ServiceStartMode': {
    readonly name: string;
    readonly startMode: 'Auto' | 'Manual' | 'Disabled';
  };
  readonly 'Set-ServiceRecovery': {
    readonly name: string;
    readonly actions: readonly string[];
    readonly reset: number;
    readonly onError: boolean;
  };
  readonly 'Test-Http': { readonly url: string; readonly timeout: number };
  readonly 'Get-PortState': { readonly port: number };
  readonly 'Get-FirewallRule': { readonly name: string };
  readonly 'Set-RegistryValue': {
    readonly key: string;
    readonly name: string;
    readonly type: 'String' | 'ExpandString' | 'DWord' | 'QWord' | 'MultiString' | 'Binary';
    readonly value: string | number | readonly string[];
  };
  readonly 'Remove-RegistryValue': { readonly key: string; readonly name: string };
  readonly 'Set-EnvironmentVariable': { readonly name: string; readonly value?: string };
  readonly 'Set-ServiceAccount': {
    readonly name: string;
    readonly account: string;
    readonly password?: string;
  };
  readonly 'Set-ServiceDependency': { readonly name: string; readonly dependencies: readonly string[] };
  readonly 'Get-EventRecord': {
    readonly log: 'System' | 'Application' | 'Security';
    readonly provider: string;
    readonly event: number;
    readonly text: string;
  };
  readonly 'Get-AccountRight': { readonly right: string };
  readonly 'Grant-AccountRight': { readonly right: string; readonly account: string };
  readonly 'Revoke-AccountRight': { readonly right: string; readonly account: string };
  readonly 'Get-GroupMember': { readonly group: string };
  readonly 'Add-GroupMember': { readonly group: string; readonly account: string };
  readonly 'Remove-GroupMember': { readonly group: string; readonly account: string };
  readonly 'Get-ShareState': { readonly name: string; readonly scope?: string };
  readonly 'New-Share': {
    readonly name: string;
    readonly scope?: string;
    readonly path: string;
    readonly description: string;
    readonly continuouslyAvailable: boolean;
    readonly encryptData: boolean;
    readonly access: readonly { readonly account: string; readonly rights: 'Full' | 'Change' | 'Read' }[];
  };
  readonly 'Set-Share': {
    readonly name: string;
    readonly scope?: string;
    readonly continuouslyAvailable: boolean;
    readonly encryptData: boolean;
  };
  readonly 'Set-ShareAccess': {
    readonly name: string;
    readonly scope?: string;
    readonly access: readonly { readonly account: string; readonly rights: 'Full' | 'Change' | 'Read' }[];
  };
  readonly 'Remove-Share': { readonly name: string; readonly scope?: string };
  readonly 'Get-ScheduledTaskList': Readonly<Record<string, never>>;
  readonly 'Get-ScheduledTaskState': { readonly name: string };
  readonly 'Set-DailyTask': {
    readonly name: string;
    readonly program: string;
    readonly arguments: string;
    readonly start: string;
    readonly interval?: string;
    readonly limit: string;
    readonly account: string;
    readonly password?: string;
  };
  readonly 'Set-StartupTask': {
    readonly name: string;
    readonly program: string;
    readonly arguments: string;
    readonly directory: string;
    readonly until: string;
    readonly limit: string;
    readonly account: string;
  };
  readonly 'Start-Task': { readonly name: string };
  readonly 'Remove-ScheduledTask': { readonly name: string };
  readonly 'Get-CertificateList': {
    readonly store: string;
    readonly label: string;
    readonly thumbprint?: string;
  };
  readonly 'Add-Certificate': {
    readonly store: string;
    readonly label: string;
    readonly certificate: string;
    readonly password?: string;
  };
  readonly 'Set-CertificateReader': {
    readonly store: string;
    readonly thumbprint: string;
    readonly readers: readonly string[];
  };
  readonly 'Remove-Certificate': { readonly store: string; readonly thumbprint: string };
  readonly 'Get-RebootState': Readonly<Record<string, never>>;
  readonly 'Restart-Node': Readonly<Record<string, never>>;
  readonly 'Get-WindowsFeatureState': { readonly name: string };
  readonly 'Install-ServerFeature': { readonly name: string };
}

/** What each call of the agent gives. */
export interface AgentResults {
  readonly 'Get-Facts': {
    readonly computer: string;
    readonly os: string;
    readonly osVersion: string;
    readonly powershell: string;
    readonly architecture: string;
    readonly platform: 'windows' | 'wine' | 'simulated';
    readonly user: string;
    readonly elevated: boolean;
    readonly pendingReboot: boolean;
    readonly freeBytes: number;
    readonly time: string;
    readonly timeZone: string;
  };
  readonly 'Invoke-Cmdlet': readonly Readonly<Record<string, unknown>>[];
  readonly 'Invoke-Process': {
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
    readonly timedOut: boolean;
  };
  readonly 'Start-DetachedProcess': {
    readonly name: string;
    readonly pid: number;
    readonly state: 'running';
  };
  readonly 'Get-DetachedProcess': {
    readonly name: string;
    readonly state: 'absent' | 'running' | 'exited' | 'lost';
    readonly exitCode?: number;
    readonly started?: string;
    readonly ended?: string;
  };
  readonly 'Remove-DetachedProcess': null;
  readonly 'Get-FileState': {
    readonly kind: 'absent' | 'file' | 'directory';
    readonly length?: number;
    readonly sha256?: string;
    readonly digest?: string;
    readonly modified?: string;
  };
  readonly 'Set-File': null;
  readonly 'Get-FileContent': { readonly exists: boolean; readonly content?: string };
  readonly 'Add-FileContent': null;
  readonly 'Get-FileBlock': { readonly content: string };
  readonly 'Get-FileTail': { readonly lines: readonly string[] };
  readonly 'Move-Path': null;
  readonly 'Remove-Path': { readonly removed: boolean };
  readonly 'Get-DirectoryState': {
    readonly exists: boolean;
    readonly entries?: number;
    readonly owner?: string;
    readonly inherits?: boolean;
    readonly link?: true;
    readonly accounts?: readonly {
      readonly account: string;
      readonly rights: string;
      readonly inherited: boolean;
      readonly reach?: string;
      readonly deny?: true;
    }[];
  };
  readonly 'Set-Directory': null;
  readonly 'Set-DirectoryAccess': null;
  readonly 'Get-RegistryValue': {
    readonly exists: boolean;
    readonly type?: 'String' | 'ExpandString' | 'DWord' | 'QWord' | 'MultiString' | 'Binary';
    readonly value?: string | number | readonly string[];
  };
  readonly 'Get-MsiProduct': {
    readonly products: readonly {
      readonly productCode: string;
      readonly version: string;
      readonly name: string;
      readonly installLocation: string;
    }[];
  };
  readonly 'Get-ServiceState': {
    readonly exists: boolean;
    readonly status?:
      | 'Running'
      | 'Stopped'
      | 'StartPending'
      | 'StopPending'
      | 'ContinuePending'
      | 'PausePending'
      | 'Paused'
      | 'Unknown';
    readonly startMode?: 'Auto' | 'Manual' | 'Disabled' | 'Boot' | 'System';
    readonly account?: string;
    readonly path?: string;
    readonly pid?: number;
    readonly recovery?: {
      readonly actions: readonly string[];
      readonly reset: number;
      readonly onError: boolean;
    };
    readonly exitCode?: number;
    readonly dependencies?: readonly string[];
  };
  readonly 'Get-ServiceProcess': {
    readonly processes: readonly { readonly pid: number; readonly parent: number; readonly name: string }[];
  };
  readonly 'Set-ServiceState': {
    readonly status:
      | 'Running'
      | 'Stopped'
      | 'StartPending'
      | 'StopPending'
      | 'ContinuePending'
      | 'PausePending'
      | 'Paused'
      | 'Unknown';
  };
  readonly 'Set-ServiceStartMode': null;
  readonly 'Set-ServiceRecovery': null;
  readonly 'Test-Http': {
    readonly ok: boolean;
    readonly status?: number;
    readonly body?: string;
    readonly error?: string;
  };
  readonly 'Get-PortState': { readonly listening: boolean; readonly pid?: number };
  readonly 'Get-FirewallRule': {
    readonly exists: boolean;
    readonly displayName?: string;
    readonly enabled?: boolean;
    readonly direction?: string;
    readonly action?: string;
    readonly profile?: string;
    readonly protocol?: string;
    readonly localPort?: readonly string[];
  };
  readonly 'Set-RegistryValue': null;
  readonly 'Remove-RegistryValue': { readonly removed: boolean };
  readonly 'Set-EnvironmentVariable': null;
  readonly 'Set-ServiceAccount': null;
  readonly 'Set-ServiceDependency': null;
  readonly 'Get-EventRecord': {
    readonly known: boolean;
    readonly records: readonly {
      readonly time: string;
      readonly data: readonly string[];
      readonly account?: string;
    }[];
  };
  readonly 'Get-AccountRight': { readonly accounts: readonly string[] };
  readonly 'Grant-AccountRight': null;
  readonly 'Revoke-AccountRight': null;
  readonly 'Get-GroupMember': { readonly exists: boolean; readonly members?: readonly string[] };
  readonly 'Add-GroupMember': null;
  readonly 'Remove-GroupMember': null;
  readonly 'Get-ShareState': {
    readonly exists: boolean;
    readonly path?: string;
    readonly description?: string;
    readonly continuouslyAvailable?: boolean;
    readonly encryptData?: boolean;
    readonly cachingMode?: string;
    readonly access?: readonly { readonly account: string; readonly rights: string; readonly deny?: true }[];
  };
  readonly 'New-Share': null;
  readonly 'Set-Share': null;
  readonly 'Set-ShareAccess': null;
  readonly 'Remove-Share': { readonly removed: boolean };
  readonly 'Get-ScheduledTaskList': { readonly names: readonly string[] };
  readonly 'Get-ScheduledTaskState': {
    readonly exists: boolean;
    readonly enabled?: boolean;
    readonly account?: string;
    readonly logon?: 'Password' | 'ServiceAccount' | 'Other';
    readonly limit?: string;
    readonly actions?: readonly { readonly program?: string; readonly arguments?: string }[];
    readonly triggers?: readonly { readonly start?: string; readonly interval?: string }[];
  };
  readonly 'Set-DailyTask': null;
  readonly 'Set-StartupTask': null;
  readonly 'Start-Task': null;
  readonly 'Remove-ScheduledTask': { readonly removed: boolean };
  readonly 'Get-CertificateList': {
    readonly certificates: readonly {
      readonly thumbprint: string;
      readonly label: string;
      readonly key: boolean;
      readonly expires: string;
      readonly readers?: readonly string[];
      readonly noReaders?: string;
    }[];
  };
  readonly 'Add-Certificate': null;
  readonly 'Set-CertificateReader': null;
  readonly 'Remove-Certificate': { readonly removed: boolean };
  readonly 'Get-RebootState': {
    readonly reasons: readonly string[];
    readonly booted: string;
    readonly boot?: string;
  };
  readonly 'Restart-Node': null;
  readonly 'Get-WindowsFeatureState': {
    readonly known: boolean;
    readonly installed?: boolean;
    readonly state?: string;
  };
  readonly 'Install-ServerFeature': { readonly restart: boolean };
}

export type AgentCallName = keyof AgentResults;
