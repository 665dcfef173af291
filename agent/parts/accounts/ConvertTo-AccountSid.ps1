# The SID of an account as Windows names it; an error of .NET where there is none.
function ConvertTo-AccountSid([string]$Name) { (New-Object Security.Principal.NTAccount $Name).Translate([Security.Principal.SecurityIdentifier]) }
