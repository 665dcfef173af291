# Sends the lines that are whole with the last $Count bytes of the buffer; with 0, the end, also what is left.
function Send-OutputLine([hashtable]$Reader, [int]$Count) {
    $text = $Reader['rest'] + [Text.Encoding]::UTF8.GetString($Reader['buffer'], 0, $Count)
    if ($Count -eq 0 -and $text -ne '') { $text += "`n" }
    $end = $text.LastIndexOf([char]10)
    $Reader['rest'] = $text.Substring($end + 1)
    if ($end -lt 0) { return }
    foreach ($line in $text.Substring(0, $end).Split([char]10)) {
        Send-Message ([ordered]@{ event = 'progress'; id = $Reader['id']; message = $line.TrimEnd([char]13) })
    }
}
