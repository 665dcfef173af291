import { everyNode, type Rule } from './rule.ts';

/** What works in a trial and not on every PowerShell from 3.0 on. */
export const pitfalls: Rule = (script) => [
  ...everyNode(script, ['variable'], (text) =>
    /^\$\{?input\}?$/i.test(text)
      ? '$input makes the host read standard input, which the agent reads itself'
      : undefined,
  ),
  ...everyNode(script, ['command_name'], (text) =>
    /^ConvertTo-Json$/i.test(text)
      ? 'ConvertTo-Json of 3.0 to 5.1 unrolls lists and writes dates its own way; use ConvertTo-JsonText'
      : undefined,
  ),
  ...everyNode(script, ['command_name'], (text) =>
    /^(Out-File|Set-Content|Add-Content|Write-Host|Write-Output|Read-Host)$/i.test(text)
      ? `${text} uses a code page or the console; use [IO.File] or Send-Message`
      : undefined,
  ),
];
