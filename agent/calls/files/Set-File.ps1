$Calls['Set-File'] = {
    param($Request)
    $path = $Request['path']
    try { $bytes = [Convert]::FromBase64String($Request['content']) }
    catch { throw (New-CallError 'BadParameter' 'content is no base64' 'InvalidArgument') }
    if ($bytes.Length -gt 1048576) { throw (New-CallError 'BadParameter' 'content is more than 1 MiB' 'InvalidArgument') }
    if ([IO.Directory]::Exists($path)) { throw (New-CallError 'PathExists' "$path is a directory" 'ResourceExists') }
    New-ParentDirectory $path
    $part = $path + '.oriel-new'
    try {
        $stream = New-Object IO.FileStream $part, ([IO.FileMode]::Create), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
        # $true: down to the disk, so that the name never stands for bytes that a power failure takes back.
        try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
        Move-Over $part $path
    } finally { [IO.File]::Delete($part) }
}
