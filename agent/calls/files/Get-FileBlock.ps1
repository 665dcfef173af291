$Calls['Get-FileBlock'] = {
    param($Request)
    $path = $Request['path']
    if (-not [IO.File]::Exists($path)) { throw (New-CallError 'PathNotFound' "there is no file $path" 'ObjectNotFound') }
    $stream = Open-SharedFile $path
    try {
        [void]$stream.Seek([long]$Request['offset'], [IO.SeekOrigin]::Begin)
        $bytes = New-Object byte[] ([int]$Request['length'])
        $count = 0
        do {
            $got = $stream.Read($bytes, $count, $bytes.Length - $count)
            $count += $got
        } while ($got -gt 0 -and $count -lt $bytes.Length)
    } finally { $stream.Dispose() }
    @{ content = [Convert]::ToBase64String($bytes, 0, $count) }
}
