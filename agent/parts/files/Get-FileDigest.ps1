# In hexadecimal. The file may be open elsewhere, as a log is. With the usual buffer of 4 KB a large one takes half as long again.
function Get-FileDigest([string]$Path, $Algorithm) {
    $stream = Open-SharedFile $Path 65536
    try { [BitConverter]::ToString($Algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() }
    finally { $stream.Dispose(); $Algorithm.Dispose() }
}
