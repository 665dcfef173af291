import { type NodeEntry, nodeEntries } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import { winrmSettings } from '../grammar/winrm.ts';
import type { YamlFinding } from '../yaml/finding.ts';

/** Nodes that are reached by WinRM. */
const overWinrm = (nodes: Parameters<FragmentRule>[0]['nodes']): readonly NodeEntry[] =>
  nodeEntries(nodes).filter(({ settings }) => settings.via === 'winrm');

/** What one node says for WinRM must not be for nothing; the defaults are for those that it fits. */
const belongsToWinrm: FragmentRule = ({ nodes }) =>
  Object.entries(nodes ?? {}).flatMap(([name, own]): readonly YamlFinding[] => {
    const via = own?.via ?? nodes?.defaults?.via ?? 'ssh';
    if (name === 'defaults' || via === 'winrm' || via === 'recorded') return [];
    const keys = Object.keys(winrmSettings).filter((key) => key in (own ?? {}));
    return keys.map((key) => ({
      path: ['nodes', name, key],
      on: 'key',
      message: `\`${key}\` is of \`via: winrm\`, and this node has \`via: ${via}\``,
    }));
  });

const fingerprintFits: FragmentRule = ({ nodes }) =>
  nodeEntries(nodes).flatMap(({ settings: { via = 'ssh', fingerprint }, at }): readonly YamlFinding[] => {
    if (fingerprint === undefined || (via !== 'ssh' && via !== 'winrm')) return [];
    if ((via === 'ssh') === fingerprint.startsWith('SHA256:')) return [];
    const message =
      via === 'ssh'
        ? 'this is the fingerprint of a certificate, and `via: ssh` has a host key'
        : `this is the fingerprint of a host key, and \`via: ${via}\` has a certificate`;
    return [{ path: at('fingerprint'), message }];
  });

/** What is named is offered, and nothing else: a second way would be for nothing. */
const oneWayToLogIn: FragmentRule = ({ nodes }) =>
  nodeEntries(nodes)
    .filter(({ settings: { via = 'ssh', password, identity } }) => via === 'ssh' && password && identity)
    .map(({ at }) => ({
      path: at('password'),
      on: 'key',
      message: '`via: ssh` logs in with a key or with a password, and here are both',
      hint: 'leave `password` or `identity` out',
    }));

const encrypts: FragmentRule = ({ nodes }) =>
  overWinrm(nodes).flatMap(({ settings, at }): readonly YamlFinding[] => {
    const { scheme = 'https', authentication = 'negotiate', allow_unencrypted: clear = false } = settings;
    if (scheme === 'https' && clear)
      return [
        {
          path: at('allow_unencrypted'),
          on: 'key',
          message: 'over https nothing goes in clear',
          hint: 'leave it out, or write `scheme: http`',
        },
      ];
    if (scheme === 'https' || clear || !['basic', 'certificate'].includes(authentication)) return [];
    const hint =
      authentication === 'basic'
        ? 'use `scheme: https`, or, where anybody may read the password, `allow_unencrypted: true`'
        : 'use `scheme: https`';
    return [
      {
        path: at('authentication'),
        message: `\`authentication: ${authentication}\` encrypts nothing over \`scheme: http\``,
        hint,
      },
    ];
  });

const hasSomethingToShow: FragmentRule = ({ nodes }) =>
  overWinrm(nodes).flatMap(({ name, settings, at }): readonly YamlFinding[] => {
    const { authentication = 'negotiate', password, certificate, certificate_key: key, keytab } = settings;
    const path = authentication === 'negotiate' ? ['nodes', name] : at('authentication');
    if (authentication === 'certificate' && !certificate)
      return [
        {
          path,
          message: 'there is no certificate to log in with',
          hint: 'certificate: FILE, and certificate_key: FILE',
        },
      ];
    if ((authentication === 'basic' || authentication === 'ntlm') && !password)
      return [
        {
          path,
          message: `\`authentication: ${authentication}\` needs a password`,
          hint: 'password: { secret: NAME }',
        },
      ];
    if (key && !certificate)
      return [
        {
          path: at('certificate_key'),
          on: 'key',
          message: 'a key without its certificate',
          hint: 'certificate: FILE',
        },
      ];
    if (keytab && !['negotiate', 'kerberos'].includes(authentication))
      return [{ path: at('keytab'), on: 'key', message: 'a keytab is for Kerberos alone' }];
    return [];
  });

export const winrmRules: readonly FragmentRule[] = [
  belongsToWinrm,
  fingerprintFits,
  oneWayToLogIn,
  encrypts,
  hasSomethingToShow,
];
