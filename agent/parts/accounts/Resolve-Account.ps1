# The SID of an account that is named as in the protocol: a well-known one in English, any other as Windows names it, or by its SID.
function Resolve-Account([string]$Name) {
    foreach ($entry in (Get-WellKnownAccount).GetEnumerator()) {
        if ($entry.Value -eq $Name) { return New-Object Security.Principal.SecurityIdentifier $entry.Key }
    }
    # `.` is this computer, as the service manager writes it.
    if ($Name.StartsWith('.\')) { $Name = [Environment]::MachineName + $Name.Substring(1) }
    try {
        if ($Name -match '^S-1-[0-9-]+\z') { return New-Object Security.Principal.SecurityIdentifier $Name }
        ConvertTo-AccountSid $Name
    } catch { throw (New-CallError 'AccountNotFound' "there is no account $Name" 'ObjectNotFound') }
}
