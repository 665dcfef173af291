$Calls['Get-FileState'] = {
    param($Request)
    $path = $Request['path']
    $salt = $Request['salt']
    $kind = Get-PathKind $path
    if ($kind -eq 'absent') { return @{ kind = $kind } }
    if ($kind -eq 'directory') { return [ordered]@{ kind = $kind; modified = [IO.Directory]::GetLastWriteTimeUtc($path) } }
    $state = [ordered]@{ kind = $kind; length = (New-Object IO.FileInfo $path).Length }
    if ($null -eq $salt) { $state['sha256'] = Get-FileDigest $path (New-Object Security.Cryptography.SHA256CryptoServiceProvider) }
    else {
        $key = [byte[]]@([regex]::Matches($salt, '..') | ForEach-Object { [Convert]::ToByte($_.Value, 16) })
        $state['digest'] = Get-FileDigest $path (New-Object Security.Cryptography.HMACSHA256 (, $key))
    }
    $state['modified'] = [IO.File]::GetLastWriteTimeUtc($path)
    $state
}
