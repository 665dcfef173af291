import { everyNode, type Rule } from './rule.ts';

/** `Get-Verb` of PowerShell 3.0. */
const verbs =
  `Add Approve Assert Backup Block Checkpoint Clear Close Compare Complete Compress Confirm Connect Convert ConvertFrom
ConvertTo Copy Debug Deny Disable Disconnect Dismount Edit Enable Enter Exit Expand Export Find Format Get Grant Group Hide Import
Initialize Install Invoke Join Limit Lock Measure Merge Mount Move New Open Optimize Out Ping Pop Protect Publish Push Read Receive Redo
Register Remove Rename Repair Request Reset Resize Resolve Restart Restore Resume Revoke Save Search Select Send Set Show Skip Split
Start Step Stop Submit Suspend Switch Sync Test Trace Unblock Undo Uninstall Unlock Unprotect Unpublish Unregister Update Use Wait Watch
Write`.split(/\s+/);

/** Functions and calls are named as PowerShell names them, and commands are written out: aliases differ from machine to machine. */
export const names: Rule = (script) => [
  ...everyNode(script, ['function_name'], wrongName),
  ...everyNode(script, ['command_name'], (text) =>
    /^[A-Z][A-Za-z]*-[A-Za-z0-9]+$/.test(text) || text.toLowerCase() === 'using'
      ? undefined
      : `${text} is an alias or a program; write the whole name of a command, or start programs by their path`,
  ),
  ...everyNode(script, ['assignment_expression'], (text) => {
    const call = /^\$Calls\['([^']+)'\]/.exec(text)?.[1];
    return call === undefined || call === 'bye' ? undefined : wrongName(call);
  }),
];

function wrongName(name: string): string | undefined {
  const [, verb, noun] = /^([A-Z][A-Za-z]*)-([A-Z][A-Za-z0-9]*)$/.exec(name) ?? [];
  if (verb === undefined || noun === undefined) return `${name} is not of the form Verb-Noun`;
  return verbs.includes(verb) ? undefined : `${verb} is not a verb that Get-Verb knows`;
}
