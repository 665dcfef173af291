import { everyNode, type Rule } from './rule.ts';

/** Data never becomes code: what is executed is what is in these files. A variable in ScriptBlock.Create may only hold such text. */
export const textAsCode: Rule = (script) => [
  ...everyNode(script, ['command_name'], (text) =>
    /^(Invoke-Expression|iex|Add-Type)$/i.test(text) ? `${text} makes code of text` : undefined,
  ),
  ...everyNode(script, ['member_name'], (text) =>
    /^(ExpandString|InvokeScript|NewScriptBlock)$/i.test(text) ? `${text} makes code of text` : undefined,
  ),
  ...everyNode(script, ['invokation_expression'], (text) =>
    /^\[ScriptBlock\]::Create\((?!\$StopProcessTree\)$|\(New-Object IO\.StreamReader\(\$z,)/i.test(text)
      ? 'ScriptBlock.Create makes code of text'
      : undefined,
  ),
];
