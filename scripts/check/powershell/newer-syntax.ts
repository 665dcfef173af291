import { everyNode, type Rule } from './rule.ts';

/** Syntax that the grammar knows and PowerShell 3.0 does not. */
const newer: { readonly [node: string]: string } = {
  class_statement: 'classes came with PowerShell 5.0',
  enum_statement: 'enumerations came with PowerShell 5.0',
  pipeline_chain_tail: '&& and || came with PowerShell 7.0',
};

export const newerSyntax: Rule = (script) => [
  ...everyNode(script, Object.keys(newer), (_, { type }) => newer[type]),
  ...everyNode(script, ['command_name'], (text) =>
    /^using$/i.test(text) ? '`using` came with PowerShell 5.0' : undefined,
  ),
];
