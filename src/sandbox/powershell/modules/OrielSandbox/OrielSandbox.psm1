# What the modules of a node of the sandbox have in common (docs/reference/nodes/sandbox.md, "Modules"): they ask the model of the sandbox over TCP, and give
# objects that look like the real ones. Their callers may be in strict mode.
foreach ($name in 'Model', 'Object') { . ([IO.Path]::Combine($PSScriptRoot, "$name.ps1")) }

# Asks the model what a cmdlet gives, with the parameters that it was called with, and writes the objects or the error as that cmdlet would.
function Invoke-SandboxCmdlet($Table, [string]$Name, $Cmdlet, $Bound) {
    if (-not (Test-SandboxConsent $Cmdlet $Name $Bound)) { return }
    try { $rows = Invoke-SandboxModel $Name (ConvertTo-SandboxParameter $Bound) }
    catch { $Cmdlet.WriteError($_); return }
    foreach ($row in $rows) { ConvertTo-SandboxObject $Table $Table['gives'][$Name] $row }
}

# -Force does it without asking; else -WhatIf and -Confirm decide.
function Test-SandboxConsent($Cmdlet, [string]$Name, $Bound) {
    $asks = $Cmdlet.MyInvocation.MyCommand.Parameters.ContainsKey('Confirm')
    if (-not $asks -or ($Bound.ContainsKey('Force') -and $Bound['Force'])) { return $true }
    $Cmdlet.ShouldProcess($Name)
}
