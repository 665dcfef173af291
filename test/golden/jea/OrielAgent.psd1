@{
RootModule = 'OrielAgent.psm1'
ModuleVersion = '1.0'
GUID = '6c2a1f0e-52d7-4c8e-9a53-0b8d5f3c7e11'
Author = 'oriel'
Description = 'The agent of oriel, for sessions of Just Enough Administration'
PowerShellVersion = '5.0'
FunctionsToExport = 'Start-OrielAgent'
CmdletsToExport = @()
VariablesToExport = @()
AliasesToExport = @()
}
