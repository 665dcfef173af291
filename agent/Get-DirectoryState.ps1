$Calls['Get-DirectoryState'] = @{
    parameters = @{ path = 'path' }
    run = {
        param($Request)
        $path = $Request['path']
        if (-not [IO.Directory]::Exists($path)) { return @{ exists = $false } }
        $accounts = @(foreach ($entry in (Get-Acl -LiteralPath $path).Access) {
            $account = [ordered]@{
                account = "$($entry.IdentityReference)"
                rights = "$($entry.FileSystemRights)"
                inherited = $entry.IsInherited
            }
            if ("$($entry.AccessControlType)" -eq 'Deny') { $account['deny'] = $true }
            $account
        })
        [ordered]@{ exists = $true; entries = [IO.Directory]::GetFileSystemEntries($path).Length; accounts = $accounts }
    }
}
