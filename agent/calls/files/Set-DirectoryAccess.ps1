$Calls['Set-DirectoryAccess'] = {
    param($Request)
    $path = $Request['path']
    if (Test-ProtectedPath $path) { throw (New-CallError 'Refused' "the access of $path is never changed" 'PermissionDenied') }
    if (-not [IO.Directory]::Exists($path)) { throw (New-CallError 'PathNotFound' "there is no directory $path" 'ObjectNotFound') }
    Protect-Directory $path $Request['access']
}
