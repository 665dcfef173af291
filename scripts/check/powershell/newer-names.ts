import { everyNode, type Rule } from './rule.ts';

/** Names in lower case, with the version of PowerShell (or .NET) that brought them. */
const commands: { readonly [name: string]: string } = {
  'compress-archive': '5.0',
  'convertfrom-sddlstring': '5.0',
  'expand-archive': '5.0',
  'format-hex': '5.0',
  'get-clipboard': '5.0',
  'get-computerinfo': '5.1',
  'get-filehash': '4.0',
  'get-localgroup': '5.1',
  'get-localgroupmember': '5.1',
  'get-localuser': '5.1',
  'get-timezone': '5.1',
  'new-guid': '5.0',
  'new-temporaryfile': '5.0',
  'test-json': '6.1',
  'write-information': '5.0',
};
const parameters: { readonly [name: string]: string } = {
  '-asarray': '7.0',
  '-asbytestream': '6.0',
  '-ashashtable': '6.0',
  '-escapehandling': '6.2',
  '-informationaction': '5.0',
  '-nonewline': '5.0',
  '-parallel': '7.0',
  '-pipelinevariable': '4.0',
};
const members: { readonly [name: string]: string } = {
  argumentlist: '.NET Core 2.1',
  foreach: '4.0',
  hashdata: '.NET 5',
  new: '5.0',
  tohexstring: '.NET 5',
  where: '4.0',
};
const variables: { readonly [name: string]: string } = {
  $iscoreclr: '6.0',
  $islinux: '6.0',
  $ismacos: '6.0',
  $iswindows: '6.0',
};

/** What PowerShell 3.0, the one of Windows Server 2012, does not have. */
export const newerNames: Rule = (script) => {
  const find = (types: readonly string[], names: { readonly [name: string]: string }) =>
    everyNode(script, types, (text) => {
      const version = names[text.toLowerCase()];
      return version && `${text} came with ${/^\d/.test(version) ? `PowerShell ${version}` : version}`;
    });
  return [
    ...find(['command_name'], commands),
    ...find(['command_parameter'], parameters),
    ...find(['member_name'], members),
    ...find(['variable'], variables),
  ];
};
