# Writes a line of ASCII to the stream below the console: no code page, no line wrap, no other writer.
function Send-Line([string]$Line) {
    if ($Agent['numbered']) {
        $Agent['said'] += 1
        $Line = '{0}{1} {2} {3}' -f [char]30, $Agent['said'], $Line.Length, $Line
    }
    $bytes = [Text.Encoding]::ASCII.GetBytes($Line + "`n")
    $Agent['output'].Write($bytes, 0, $bytes.Length)
    $Agent['output'].Flush()
}
