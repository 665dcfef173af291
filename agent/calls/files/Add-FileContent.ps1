$Calls['Add-FileContent'] = {
    param($Request)
    $path = $Request['path']
    $offset = [long]$Request['offset']
    try { $bytes = [Convert]::FromBase64String($Request['content']) }
    catch { throw (New-CallError 'BadParameter' 'content is no base64' 'InvalidArgument') }
    if ([IO.Directory]::Exists($path)) { throw (New-CallError 'PathExists' "$path is a directory" 'ResourceExists') }
    $length = if ([IO.File]::Exists($path)) { (New-Object IO.FileInfo $path).Length } else { 0 }
    if ($offset -gt $length) { throw (New-CallError 'BadParameter' "offset is behind the end of $path" 'InvalidArgument') }
    New-ParentDirectory $path
    $stream = New-Object IO.FileStream $path, ([IO.FileMode]::OpenOrCreate), ([IO.FileAccess]::Write), ([IO.FileShare]::Read)
    try {
        $stream.SetLength($offset)
        [void]$stream.Seek($offset, [IO.SeekOrigin]::Begin)
        # Not flushed to the disk: who brings a file compares the hash of the whole, at once or after Windows lost its power.
        $stream.Write($bytes, 0, $bytes.Length)
    } finally { $stream.Dispose() }
}
