# An error to throw: $Kind is what the controller decides by (docs/reference/nodes/agent-protocol.md has the list).
function New-CallError([string]$Kind, [string]$Message, [string]$Category = 'InvalidOperation') {
    $exception = New-Object System.InvalidOperationException $Message
    New-Object System.Management.Automation.ErrorRecord $exception, $Kind, $Category, $null
}
