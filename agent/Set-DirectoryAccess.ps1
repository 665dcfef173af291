$Calls['Set-DirectoryAccess'] = @{
    parameters = @{ path = 'path'; access = 'tables' }
    run = {
        param($Request)
        $path = $Request['path']
        if ($Request['access'].Count -eq 0) { throw (New-CallError 'BadParameter' 'access: nobody could use it' 'InvalidArgument') }
        if (Test-ProtectedPath $path) { throw (New-CallError 'Refused' "the access of $path is never changed" 'PermissionDenied') }
        if (-not [IO.Directory]::Exists($path)) { throw (New-CallError 'PathNotFound' "there is no directory $path" 'ObjectNotFound') }
        Protect-Directory $path $Request['access']
    }
}
