# Wine knows the accounts of Windows and its own user. Those of domains and of services have the SIDs that the sandbox gives them.
${function:ConvertTo-WineSid} = ${function:ConvertTo-AccountSid}

function ConvertTo-AccountSid([string]$Name) {
    try { return ConvertTo-WineSid $Name } catch { $failure = $_ }
    ConvertTo-SandboxSid $Name $failure
}

function ConvertTo-SandboxSid([string]$Name, $Failure) {
    # `.` is this computer to the sandbox too.
    $own = [Environment]::MachineName + '\'
    if ($Name.StartsWith($own, [StringComparison]::OrdinalIgnoreCase)) { $Name = '.\' + $Name.Substring($own.Length) }
    $found = Invoke-SandboxModel 'Get-SandboxAccountSid' @{ Name = $Name }
    if ($null -eq $found) { throw $Failure }
    New-Object Security.Principal.SecurityIdentifier $found['Sid']
}
