import { firewallRule } from './firewall.ts';
import type { Command, Measure, Preparation } from './script.ts';
import type { PrepareSettings } from './settings.ts';

const capability = { Online: true, Name: 'OpenSSH.Server~~~~0.0.1.0' } as const;
const programs = 'C:\\Program Files';
const folder = `${programs}\\OpenSSH-Win64`;
const shell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
/** Of .NET Framework 4.5, which Windows Server 2012 has. */
const zipAssembly =
  'System.IO.Compression.FileSystem, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089';
const keys = 'C:\\ProgramData\\ssh\\administrators_authorized_keys';
/** The rule that the capability makes, for every address. */
const openRule = 'OpenSSH-Server-In-TCP';

/** OpenSSH Server, with a key for administrators. The default shell stays as it is. */
export function prepareSsh(settings: PrepareSettings): Preparation {
  const { windows, from, key } = settings;
  const old = ['2012', '2012R2', '2016'].includes(windows);
  return {
    title: `makes Windows Server ${windows} ready for via: ssh`,
    remarks: [
      ...(old
        ? [
            `Bring OpenSSH-Win64.zip (github.com/PowerShell/Win32-OpenSSH, releases) to ${settings.zip} first.`,
          ]
        : []),
      'The default shell of OpenSSH stays as it is: oriel runs with cmd.exe, PowerShell and bash.',
      ...(key === undefined ? ['No key was given (--key): log in with a password, or add a key later.'] : []),
    ],
    measures: [
      ...(old ? unpacked(settings.zip) : [installed(windows)]),
      service,
      firewallRule('oriel-ssh', 22, from),
      closedRule,
      ...(key === undefined ? [] : [authorized(key)]),
    ],
  };
}

/** Windows Server 2025 has it from the start. */
function installed(windows: string): Measure {
  return {
    step: {
      why: 'installs OpenSSH Server, a capability of Windows; what is installed stays',
      commands: [{ cmdlet: 'Add-WindowsCapability', into: 'null', parameters: capability }],
    },
    undo:
      windows === '2025'
        ? 'OpenSSH Server is a part of Windows Server 2025'
        : {
            why: 'removes OpenSSH Server; its keys stay in C:\\ProgramData\\ssh',
            commands: [{ cmdlet: 'Remove-WindowsCapability', into: 'null', parameters: capability }],
          },
  };
}

function unpacked(zip: string): readonly Measure[] {
  return [
    {
      step: {
        why: `unpacks OpenSSH to ${folder}, where only administrators may write`,
        unless: { path: folder },
        commands: [
          { type: 'Reflection.Assembly', method: 'Load', arguments: [zipAssembly], into: 'null' },
          { type: 'IO.Compression.ZipFile', method: 'ExtractToDirectory', arguments: [zip, programs] },
        ],
      },
      undo: {
        why: 'removes the programs of OpenSSH; its keys stay in C:\\ProgramData\\ssh',
        when: { path: folder },
        commands: [
          { cmdlet: 'Remove-Item', parameters: { LiteralPath: folder, Recurse: true, Force: true } },
        ],
      },
    },
    {
      step: {
        why: 'registers the services sshd and ssh-agent by the script that OpenSSH brings',
        unless: { finds: { cmdlet: 'Get-Service', parameters: { Name: 'sshd' } } },
        commands: [{ program: shell, arguments: scriptOf('install-sshd.ps1') }],
      },
      undo: {
        why: 'takes the services away by the script that OpenSSH brings',
        when: { path: `${folder}\\uninstall-sshd.ps1` },
        commands: [{ program: shell, arguments: scriptOf('uninstall-sshd.ps1') }],
      },
    },
  ];
}

function scriptOf(name: string): readonly string[] {
  return ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', `${folder}\\${name}`];
}

const service: Measure = {
  step: {
    why: 'starts sshd now and with Windows; the first start makes its host keys',
    commands: [
      { cmdlet: 'Set-Service', parameters: { Name: 'sshd', StartupType: 'Automatic' } },
      { cmdlet: 'Start-Service', parameters: { Name: 'sshd' } },
    ],
  },
  undo: {
    why: 'ends sshd, and does not start it with Windows',
    when: { finds: { cmdlet: 'Get-Service', parameters: { Name: 'sshd' } } },
    commands: [
      { cmdlet: 'Stop-Service', parameters: { Name: 'sshd' } },
      { cmdlet: 'Set-Service', parameters: { Name: 'sshd', StartupType: 'Disabled' } },
    ],
  },
};

const closedRule: Measure = {
  step: {
    why: 'turns off the rule of OpenSSH that lets every address in',
    when: { finds: { cmdlet: 'Get-NetFirewallRule', parameters: { Name: openRule } } },
    commands: [{ cmdlet: 'Set-NetFirewallRule', parameters: { Name: openRule, Enabled: 'False' } }],
  },
  undo: {
    why: 'turns the rule of OpenSSH on again',
    when: { finds: { cmdlet: 'Get-NetFirewallRule', parameters: { Name: openRule } } },
    commands: [{ cmdlet: 'Set-NetFirewallRule', parameters: { Name: openRule, Enabled: 'True' } }],
  },
};

/** sshd ignores the file where others than these may touch it; their SIDs are the same in every language of Windows. */
const access = ['/inheritance:r', '/grant', '*S-1-5-32-544:F', '/grant', '*S-1-5-18:F'];

function authorized(key: string): Measure {
  return {
    step: {
      why: 'lets administrators in with this key; the file is open to Administrators and SYSTEM alone',
      unless: { file: keys, line: key },
      commands: [
        contentOf({ file: keys, without: key, added: key }),
        { program: 'C:\\Windows\\System32\\icacls.exe', arguments: [keys, ...access] },
      ],
    },
    undo: {
      why: 'takes the key back; other keys stay',
      when: { file: keys, line: key },
      commands: [contentOf({ file: keys, without: key })],
    },
  };
}

/** Written anew, in UTF-8: a file whose last line has no end would join it with what is added. */
function contentOf(lines: {
  readonly file: string;
  readonly without: string;
  readonly added?: string;
}): Command {
  return { type: 'IO.File', method: 'WriteAllLines', arguments: [keys, lines] };
}
