# The other half of ConvertTo-AccountSid.
${function:ConvertFrom-WineSid} = ${function:ConvertFrom-AccountSid}

function ConvertFrom-AccountSid($Sid) {
    try { return ConvertFrom-WineSid $Sid } catch { $failure = $_ }
    $found = Invoke-SandboxModel 'Get-SandboxAccountName' @{ Sid = $Sid.Value }
    if ($null -eq $found) { throw $failure }
    $found['Name'] -replace '^\.(?=\\)', [Environment]::MachineName
}
