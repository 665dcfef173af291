# What the agent holds. Every file of calls/ adds one call to $Calls: the script block that is given the request as a table, its parameters
# checked, and returns its result. The calls are entries and not functions, which would stand in the way of the modules of Windows. None has
# the name of a cmdlet.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$VerbosePreference = 'SilentlyContinue'
$InformationPreference = 'SilentlyContinue'

$Calls = @{}
# Of agent/protocol.schema.json: the schema of the parameters of each call, and the definitions that they name (Read-ProtocolSchema).
$Protocol = @{ calls = @{}; definitions = @{} }
# Shared with the thread that reads standard input: `process` is what Invoke-Process is waiting for. Of numbered lines (Select-RequestLine):
# whether they are, the last that was seen, and how many were said.
$Agent = [hashtable]::Synchronized(@{ output = $null; process = $null; numbered = $false; seen = 0; said = 0 })
