import { type NodeEntry, nodeEntries } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import { defaultOver } from '../grammar/ways/psremoting.ts';
import type { YamlFinding } from '../yaml/finding.ts';

/** Keys of `psremoting` that one of its two ways has no use for. */
const useless = { ssh: ['configuration', 'authentication', 'use_ssl'], winrm: ['subsystem'] } as const;

/** What `via: psremoting` can do from this machine. `platform`: as Node names it. */
export function psremotingRules(platform: string = process.platform): readonly FragmentRule[] {
  return [
    ({ nodes }) =>
      nodeEntries(nodes)
        .filter(({ settings: { via } }) => via === 'psremoting')
        .flatMap((entry) => {
          const over = entry.settings.psremoting?.over ?? defaultOver(platform);
          return [
            ...keysOfTheOther(entry, over),
            ...(over === 'ssh' ? overSsh(entry) : overWinrm(entry, platform)),
          ];
        }),
  ];
}

function keysOfTheOther({ settings, at }: NodeEntry, over: 'ssh' | 'winrm'): readonly YamlFinding[] {
  const keys = useless[over].filter((key) => settings.psremoting?.[key] !== undefined);
  return keys.map((key) => ({
    path: [...at('psremoting'), key],
    on: 'key',
    message: `\`${key}\` has no use with \`over: ${over}\``,
  }));
}

function overSsh({ settings: { password }, at }: NodeEntry): readonly YamlFinding[] {
  if (!password) return [];
  const message = 'PowerShell hands no password to ssh';
  return [
    { path: at('password'), on: 'key', message, hint: 'log in with a key: `identity`, or the SSH agent' },
  ];
}

function overWinrm({ settings, at }: NodeEntry, platform: string): readonly YamlFinding[] {
  const { user, password, identity, psremoting = {} } = settings;
  const { authentication, use_ssl } = psremoting;
  if (platform !== 'win32')
    return [
      {
        path: [...at('psremoting'), 'over'],
        message: '`over: winrm` needs Windows: PowerShell of this machine brings no WS-Man client',
        hint: 'write `via: winrm`: the WinRM client of oriel needs none',
      },
    ];
  const found: YamlFinding[] = [];
  if (identity)
    found.push({ path: at('identity'), on: 'key', message: '`identity` has no use with `over: winrm`' });
  if (user !== undefined && !password)
    found.push({
      path: at('user'),
      on: 'key',
      message: '`user` needs `password`',
      hint: 'without both, you log in as who you are',
    });
  if (password && user === undefined)
    found.push({ path: at('password'), on: 'key', message: '`password` needs `user`' });
  if ((authentication === 'basic' || authentication === 'credssp') && !password)
    found.push({
      path: [...at('psremoting'), 'authentication'],
      message: `\`${authentication}\` needs \`user\` and \`password\``,
    });
  if (authentication === 'basic' && !use_ssl)
    found.push({
      path: [...at('psremoting'), 'authentication'],
      message: '`basic` sends the password as it is',
      hint: 'set `use_ssl: true`, or leave `authentication` out',
    });
  return found;
}
