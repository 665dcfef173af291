$Calls['Get-DirectoryState'] = {
    param($Request)
    $path = $Request['path']
    if (-not [IO.Directory]::Exists($path)) { return @{ exists = $false } }
    $sid = [Security.Principal.SecurityIdentifier]
    $security = Get-AccessList $path
    $accounts = @(foreach ($entry in $security.GetAccessRules($true, $true, $sid)) {
        $account = [ordered]@{
            account = Get-AccountName $entry.IdentityReference
            rights = "$($entry.FileSystemRights)"
            inherited = $entry.IsInherited
        }
        if ("$($entry.AccessControlType)" -eq 'Deny') { $account['deny'] = $true }
        $reach = "$($entry.InheritanceFlags); $($entry.PropagationFlags)"
        if ($reach -ne 'ContainerInherit, ObjectInherit; None') { $account['reach'] = $reach }
        $account
    })
    $state = [ordered]@{
        exists = $true
        entries = [IO.Directory]::GetFileSystemEntries($path).Length
        owner = Get-AccountName ($security.GetOwner($sid))
        inherits = -not $security.AreAccessRulesProtected
        accounts = $accounts
    }
    if (Test-Link $path) { $state['link'] = $true }
    $state
}
