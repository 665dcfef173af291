# Writes to the stream below the console: no code page, no line wrap, no other writer.
function Send-Message($Message) {
    $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-JsonText $Message) + "`n")
    $Agent['output'].Write($bytes, 0, $bytes.Length)
    $Agent['output'].Flush()
}
