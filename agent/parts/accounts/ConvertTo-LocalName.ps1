# The name of a SID in the language of this Windows, which cmdlets take; the SID itself where it has none.
function ConvertTo-LocalName([string]$Sid) {
    $identifier = New-Object Security.Principal.SecurityIdentifier $Sid
    try { ConvertFrom-AccountSid $identifier } catch { $Sid }
}
