# In hexadecimal. The file may be open elsewhere, as a log is. With the usual buffer of 4 KB a large one takes half as long again.
function Get-FileDigest([string]$Path, $Algorithm) {
    $share = [IO.FileShare]::ReadWrite -bor [IO.FileShare]::Delete
    $stream = New-Object IO.FileStream $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), $share, 65536
    try { [BitConverter]::ToString($Algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() }
    finally { $stream.Dispose(); $Algorithm.Dispose() }
}
