# What the agent holds. Every file beside Start-Agent.ps1 adds one call to $Calls: its parameters (name = type, a question mark for an
# optional one, types in Test-Parameter) and the script block that is given the request as a table and returns its result. The
# calls are entries and not functions, which would stand in the way of the modules of Windows. None has the name of a cmdlet.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$VerbosePreference = 'SilentlyContinue'
$InformationPreference = 'SilentlyContinue'

$Calls = @{}
# Shared with the thread that reads standard input: `process` is what Invoke-Process is waiting for.
$Agent = [hashtable]::Synchronized(@{ output = $null; process = $null })
