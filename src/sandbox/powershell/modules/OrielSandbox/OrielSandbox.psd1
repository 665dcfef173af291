@{
    RootModule = 'OrielSandbox.psm1'
    ModuleVersion = '1.0'
    Author = 'oriel'
    FunctionsToExport = @('Add-SandboxEnumeration', 'Invoke-SandboxCmdlet', 'Invoke-SandboxModel', 'ConvertTo-SandboxObject', 'New-SandboxError', 'Test-SandboxConsent')
    CmdletsToExport = @()
    AliasesToExport = @()
}
