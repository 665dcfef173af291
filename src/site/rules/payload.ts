import type { FragmentRule } from '../grammar/rule.ts';
import type { YamlFinding } from '../yaml/finding.ts';

const home = ['payload', 'python'];
const ours = { version: '3.11.3', maven: 'org.bytedeco:cpython:3.11.3-1.5.9' };

/** The Python of a site that names none. */
export const defaultPython: Readonly<typeof ours> = ours;

const pythonHasOneOrigin: FragmentRule = ({ payload }): readonly YamlFinding[] => {
  const { version = ours.version, maven, archive, sha256 } = payload?.python ?? {};
  const at = (key: string) => [...home, key];
  if (maven && archive)
    return [
      {
        path: at('archive'),
        on: 'key',
        message: '`maven` and `archive` are both given; Python comes from one place',
      },
    ];
  if (!maven && !archive && version !== ours.version)
    return [
      {
        path: at('version'),
        message: `nothing says where Python ${version} comes from`,
        hint: 'write `maven` or `archive`',
      },
    ];
  if (maven && !`${maven.split(':')[2]}-`.startsWith(`${version}-`))
    return [
      {
        path: at('maven'),
        message: `\`${maven}\` is not Python ${version}`,
        hint: 'let `version` and `maven` agree',
      },
    ];
  if (archive && !sha256)
    return [
      {
        path: at('sha256'),
        message: '`sha256` is missing',
        hint: 'an archive is only used when its SHA-256 is known',
      },
    ];
  return archive?.startsWith('http://')
    ? [{ path: at('archive'), message: 'an archive is fetched by https', hint: 'https://..., or a path' }]
    : [];
};

const indexHoldsNoPassword: FragmentRule = ({ payload }) =>
  payload?.index && /^https?:\/\/[^/]*@/.test(payload.index)
    ? [
        {
          path: ['payload', 'index'],
          message: 'the URL holds a user or a password',
          hint: 'put them where uv finds them: netrc or keyring',
        },
      ]
    : [];

const signatureHasOneKey: FragmentRule = ({ msi }) => {
  const sign = msi?.sign;
  if (!sign || (sign.key === undefined) !== (sign.pkcs11 === undefined)) return [];
  const path = ['msi', 'sign'];
  return sign.key
    ? [{ path: [...path, 'pkcs11'], on: 'key', message: '`key` and `pkcs11` are both given; one key signs' }]
    : [{ path, on: 'key', message: 'no key is named', hint: 'write `key: { secret: NAME }`, or `pkcs11`' }];
};

export const payloadRules: readonly FragmentRule[] = [
  pythonHasOneOrigin,
  indexHoldsNoPassword,
  signatureHasOneKey,
];
