/** Fixed, so that the files are the same each time. */
const guids = {
  module: '6c2a1f0e-52d7-4c8e-9a53-0b8d5f3c7e11',
  role: 'a3f4d9b2-7c61-4e0a-8f1d-2e9b64c05d22',
  configuration: 'e81b7c54-0d3f-4a96-b7c2-91f6a0d84e33',
} as const;

/** The module manifest (.psd1). */
export function manifestText(module: string, visible: string): string {
  return `@{
RootModule = '${module}.psm1'
ModuleVersion = '1.0'
GUID = '${guids.module}'
Author = 'oriel'
Description = 'The agent of oriel, for sessions of Just Enough Administration'
PowerShellVersion = '5.0'
FunctionsToExport = '${visible}'
CmdletsToExport = @()
VariablesToExport = @()
AliasesToExport = @()
}
`;
}

/** The role capability (.psrc): one function, and nothing else. */
export function roleText(module: string, visible: string): string {
  return `@{
GUID = '${guids.role}'
Author = 'oriel'
Description = 'May start the agent of oriel'
ModulesToImport = '${module}'
VisibleFunctions = '${visible}'
}
`;
}

/**
 * The session configuration (.pssc). RestrictedRemoteServer: no language, and of commands only those that remoting itself needs. Windows
 * PowerShell reads a file without a mark by the code page of the machine.
 */
export function configurationText(role: string, group: string): string {
  const text = `@{
SchemaVersion = '2.0.0.0'
GUID = '${guids.configuration}'
Author = 'oriel'
Description = 'The agent of oriel'
SessionType = 'RestrictedRemoteServer'
LanguageMode = 'NoLanguage'
ExecutionPolicy = 'RemoteSigned'
RunAsVirtualAccount = $true
RoleDefinitions = @{ ${quoted(group)} = @{ RoleCapabilities = '${role}' } }
}
`;
  return /^[\n\x20-\x7e]*$/.test(text) ? text : `\ufeff${text}`;
}

/** PowerShell takes five characters for a single quote; each is doubled. */
function quoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
