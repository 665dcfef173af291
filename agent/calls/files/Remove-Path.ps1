$Calls['Remove-Path'] = {
    param($Request)
    $path = $Request['path']
    if (Test-ProtectedPath $path) { throw (New-CallError 'Refused' "$path is never removed" 'PermissionDenied') }
    try { $attributes = [IO.File]::GetAttributes($path) }
    catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] { return @{ removed = $false } }
    $link = ($attributes -band [IO.FileAttributes]::ReparsePoint) -ne 0
    $directory = ($attributes -band [IO.FileAttributes]::Directory) -ne 0
    if ($directory -and -not $link -and -not $Request['recurse'] -and [IO.Directory]::GetFileSystemEntries($path).Length -gt 0) {
        throw (New-CallError 'NotEmpty' "$path is not empty" 'ResourceExists')
    }
    Remove-Tree $path
    @{ removed = $true }
}
