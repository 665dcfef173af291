import type { Node } from 'web-tree-sitter';
import { everyNode, type Rule } from './rule.ts';
import { isTried } from './type-uses.ts';
import { scopeOf } from './uses.ts';

/** What Windows PowerShell has and PowerShell 7 has not, in lower case, with what both have. */
const gone: { readonly [command: string]: string } = {
  'add-pssnapin': 'a module',
  'get-eventlog': 'Get-WinEvent',
  'get-wmiobject': 'Get-CimInstance',
  'invoke-wmimethod': 'Invoke-CimMethod',
  'new-webserviceproxy': '[Net.WebRequest]',
  'register-wmievent': 'Register-CimIndicationEvent',
  'remove-wmiobject': 'Remove-CimInstance',
  'set-wmiinstance': 'Set-CimInstance',
  'write-eventlog': '[Diagnostics.EventLog]',
};

/** Static members, without the first part of their namespaces, with why they cannot be used. */
const members: readonly (readonly [member: RegExp, why: string])[] = [
  [
    /^Text\.Encoding::Default$/i,
    'is UTF-8 on .NET; [Text.Encoding]::GetEncoding(0) is the code page of the system on both',
  ],
  [/^Net\.ServicePointManager::(?!SecurityProtocol$)/i, 'has no effect on .NET; set it at the request'],
  [/^IO\.(File|Directory)::[GS]etAccessControl$/i, 'is not in .NET; use Get-Acl and Set-Acl'],
  [/^AppDomain::CreateDomain$/i, 'is not in .NET'],
  [/^Runtime\.InteropServices\.Marshal::GetActiveObject$/i, 'is not in .NET; use New-Object -ComObject'],
];

/** What .NET Framework (Windows PowerShell) and .NET (PowerShell 7) do differently: docs/reference/nodes/agent-protocol.md, "Two runtimes". */
export const runtimes: Rule = (script) => [
  ...everyNode(script, ['command_name'], commandProblem),
  ...everyNode(script, ['member_access', 'invokation_expression'], staticProblem),
  ...everyNode(script, ['invokation_expression'], (_, node) => nullProblem(node)),
  ...everyNode(script, ['invokation_expression'], (_, node) => textProblem(node)),
  ...everyNode(script, ['member_name'], (text) =>
    /^PrivateKey$/i.test(text) && !/\]::GetRSAPrivateKey\(/i.test(script.text)
      ? 'PrivateKey is a CNG key on .NET, without CspKeyContainerInfo; ask GetRSAPrivateKey, too'
      : undefined,
  ),
  ...everyNode(script, ['generic_token'], (text) =>
    /^(System\.)?Diagnostics\.ProcessStartInfo$/i.test(text) && !/\.UseShellExecute = \$/i.test(script.text)
      ? 'ProcessStartInfo begins with UseShellExecute on .NET Framework and without it on .NET; set it'
      : undefined,
  ),
];

function commandProblem(name: string, node: Node): string | undefined {
  const other = gone[name.toLowerCase()];
  if (other !== undefined) return `${name} is not in PowerShell 7; use ${other}`;
  if (/^Set-Service$/i.test(name) && !isTried(node))
    return 'Set-Service of PowerShell 6 and later can fail after it has changed the service; try it, then read the service back';
  if (/^Get-Content$/i.test(name))
    return 'Get-Content has another encoding on PowerShell 6 and later; use [IO.File]';
  return undefined;
}

function staticProblem(text: string): string | undefined {
  const [, type = '', member = ''] = /^\[(?:System\.)?([\w.]+)\]::(\w+)(?:\(.*)?$/s.exec(text) ?? [];
  const found = members.find(([pattern]) => pattern.test(`${type}::${member}`));
  return found && `[${type}]::${member} ${found[1]}`;
}

/** PowerShell gives a parameter that takes text an empty one for `$null`, and .NET Framework often takes both for the same. */
function nullProblem(node: Node): string | undefined {
  const values = argumentsOf(node);
  if (!node.text.startsWith('[') || !/^\[[\w.]+\]::/.test(node.text)) return undefined;
  if (/^\[(System\.)?Environment\]::SetEnvironmentVariable\(/i.test(node.text))
    return /\[NullString\]::Value/i.test(scopeOf(node).text)
      ? undefined
      : 'an empty variable is kept by .NET and removed by .NET Framework; give [NullString]::Value to remove it';
  return values.some((value) => /^\$null$/i.test(value))
    ? '$null becomes an empty text where a method takes text; give [NullString]::Value'
    : undefined;
}

function textProblem(node: Node): string | undefined {
  const name = node.namedChildren.find((child) => child?.type === 'member_name')?.text ?? '';
  const [first = '', ...others] = argumentsOf(node);
  const literal = /^(['"])(.*)\1$/s.exec(first)?.[2];
  if (/^Split$/i.test(name) && literal !== undefined && literal.replace(/^`/, '').length > 1)
    return 'Split takes a text as a set of characters on .NET Framework and as a whole on .NET; give [char[]], or use [regex]::Split';
  if (
    /^(Last)?IndexOf$/i.test(name) &&
    literal !== undefined &&
    !others.some((one) => /StringComparison|Ordinal/.test(one))
  )
    return `${name} compares by culture, which ICU does differently; give [char], or [StringComparison]::Ordinal`;
  if (/^GetHashCode$/i.test(name)) return 'GetHashCode of a text differs from process to process on .NET';
  return undefined;
}

function argumentsOf(node: Node): readonly string[] {
  const list = node.namedChildren.find((child) => child?.type === 'argument_list');
  const values = list?.namedChildren.find((child) => child?.type === 'argument_expression_list');
  return (values?.namedChildren ?? []).flatMap((each) =>
    each?.type === 'argument_expression' ? [each.text] : [],
  );
}
