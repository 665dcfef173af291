# Lets these accounts read the file of a private key, and nobody else but SYSTEM and Administrators.
function Set-KeyReader([string]$Path, [string[]]$Sids) {
    $security = New-Object Security.AccessControl.FileSecurity
    $security.SetAccessRuleProtection($true, $false)
    $rights = @{ 'S-1-5-18' = 'FullControl'; 'S-1-5-32-544' = 'FullControl' }
    foreach ($sid in $Sids) { if (-not $rights.ContainsKey($sid)) { $rights[$sid] = 'Read' } }
    foreach ($entry in $rights.GetEnumerator()) {
        $account = New-Object Security.Principal.SecurityIdentifier $entry.Key
        $security.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $account, $entry.Value, 'Allow'))
    }
    Set-AccessList $Path $security
}
