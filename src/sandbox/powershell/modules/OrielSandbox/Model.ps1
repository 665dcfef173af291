# Asks the model of the sandbox: gives rows, or throws an ErrorRecord with the kind and the category that the real cmdlet would have.
function Invoke-SandboxModel([string]$Cmdlet, $Parameters) {
    if (-not $env:ORIEL_SANDBOX_MODEL) { throw (New-SandboxError 'NoModel' 'ObjectNotFound' "this PowerShell is in no sandbox: $Cmdlet has nobody to ask") }
    $address, $port = $env:ORIEL_SANDBOX_MODEL.Split(':')
    $request = @{ token = $env:ORIEL_SANDBOX_TOKEN; cmdlet = $Cmdlet; parameters = $Parameters }
    $line = ConvertTo-Json -InputObject $request -Depth 8 -Compress -EnumsAsStrings -EscapeHandling EscapeNonAscii
    $client = New-Object System.Net.Sockets.TcpClient $address, $port
    try {
        $stream = $client.GetStream()
        $bytes = [Text.Encoding]::ASCII.GetBytes("$line`n")
        $stream.Write($bytes, 0, $bytes.Length)
        $said = (New-Object System.IO.StreamReader $stream).ReadLine()
    } finally { $client.Dispose() }
    if ($null -eq $said) { throw (New-SandboxError 'NoAnswer' 'ConnectionError' "the sandbox did not answer $Cmdlet") }
    $answer = ConvertFrom-Json -InputObject $said -AsHashtable -DateKind String
    if ($answer.ContainsKey('error')) {
        $failure = $answer['error']
        throw (New-SandboxError $failure['kind'] $failure['category'] $failure['message'])
    }
    $answer['rows']
}

function New-SandboxError([string]$Kind, [string]$Category, [string]$Message) {
    $known = $Category -as [System.Management.Automation.ErrorCategory]
    if ($null -eq $known) { $known = [System.Management.Automation.ErrorCategory]::NotSpecified }
    New-Object System.Management.Automation.ErrorRecord (New-Object System.InvalidOperationException $Message), $Kind, $known, $null
}

# Bound parameters as plain data, without those that are about the call itself. Nothing secret leaves the process.
function ConvertTo-SandboxParameter($Bound) {
    $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + @('WhatIf', 'Confirm', 'ThrottleLimit')
    $plain = @{}
    foreach ($entry in $Bound.GetEnumerator()) {
        if ($common -contains $entry.Key) { continue }
        if ('CimSession', 'AsJob' -contains $entry.Key) {
            throw (New-SandboxError 'NotSupported' 'NotImplemented' "a node of the sandbox takes no -$($entry.Key)")
        }
        $value = $entry.Value
        if ($value -is [pscredential] -or $value -is [securestring]) { continue }
        if ($value -is [switch]) { $value = [bool]$value }
        if ($value -is [System.Management.Automation.WildcardPattern[]]) { $value = @($value | ForEach-Object { $_.ToWql() }) }
        $plain[$entry.Key] = $value
    }
    $plain
}
