/** What PyYAML makes of plain words that YAML 1.2 takes for text. Source: yaml/resolver.py of PyYAML 6.0. */
const types: readonly (readonly [string, RegExp])[] = [
  ['true or false', /^(yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  [
    'a number',
    /^([-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+)$/,
  ],
  [
    'a number',
    /^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/,
  ],
  ['nothing', /^(~|null|Null|NULL|)$/],
  ['a date', /^\d{4}-\d\d?-\d\d?([Tt ].*)?$/],
  ['a merge', /^(<<|=)$/],
];

/** What PyYAML reads in place of text, for a plain word; undefined where it reads text. */
export function otherType(plain: string): string | undefined {
  return types.find(([, pattern]) => pattern.test(plain))?.[0];
}
