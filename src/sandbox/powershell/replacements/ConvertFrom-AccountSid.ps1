# The other half of ConvertTo-AccountSid.
${function:ConvertFrom-WineSid} = ${function:ConvertFrom-AccountSid}

function ConvertFrom-AccountSid($Sid) {
    try { return ConvertFrom-WineSid $Sid } catch { $failure = $_ }
    ConvertFrom-SandboxSid $Sid $failure
}

function ConvertFrom-SandboxSid($Sid, $Failure) {
    $found = Invoke-SandboxModel 'Get-SandboxAccountName' @{ Sid = $Sid.Value }
    if ($null -eq $found) { throw $Failure }
    $found['Name'] -replace '^\.(?=\\)', [Environment]::MachineName
}
