# The first $Limit bytes of a response as UTF-8.
function Read-WebBody($Response, [int]$Limit) {
    $buffer = New-Object byte[] $Limit
    $length = 0
    $stream = $Response.GetResponseStream()
    try {
        do {
            $count = $stream.Read($buffer, $length, $Limit - $length)
            $length += $count
        } until ($count -eq 0 -or $length -eq $Limit)
    } finally { $stream.Dispose() }
    [Text.Encoding]::UTF8.GetString($buffer, 0, $length)
}
