# Writes a line of ASCII to the stream below the console: no code page, no line wrap, no other writer.
function Send-Line([string]$Line) {
    $bytes = [Text.Encoding]::ASCII.GetBytes($Line + "`n")
    $Agent['output'].Write($bytes, 0, $bytes.Length)
    $Agent['output'].Flush()
}
