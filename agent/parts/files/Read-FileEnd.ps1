# The text of the last $Limit bytes of a file, from the first whole line on.
function Read-FileEnd([string]$Path, [long]$Limit) {
    $stream = Open-SharedFile $Path
    try {
        $mark = New-Object byte[] 2
        $marked = $stream.Read($mark, 0, 2) -eq 2 -and (($mark[0] -eq 0xFF -and $mark[1] -eq 0xFE) -or ($mark[0] -eq 0xFE -and $mark[1] -eq 0xFF))
        # An even offset, as a character of UTF-16 begins at one.
        $start = [Math]::Max([long]0, $stream.Length - $Limit)
        $start += $start % 2
        $bytes = New-Object IO.MemoryStream
        if ($marked -and $start -gt 0) { $bytes.Write($mark, 0, 2) }
        [void]$stream.Seek($start, [IO.SeekOrigin]::Begin)
        if (-not $marked -and $start -gt 0) { do { $byte = $stream.ReadByte() } until ($byte -eq 10 -or $byte -eq -1) }
        $stream.CopyTo($bytes)
    } finally { $stream.Dispose() }
    $text = ConvertFrom-TextBytes ($bytes.ToArray())
    if ($marked -and $start -gt 0) { $text = $text.Substring($text.IndexOf([char]10) + 1) }
    $text
}
