# Who may read the file of a private key, beside SYSTEM and Administrators.
function Get-KeyReader([string]$Path) {
    $sid = [Security.Principal.SecurityIdentifier]
    foreach ($entry in (Get-AccessList $Path).GetAccessRules($true, $true, $sid)) {
        if (@('S-1-5-18', 'S-1-5-32-544') -notcontains $entry.IdentityReference.Value) { Get-AccountName $entry.IdentityReference }
    }
}
