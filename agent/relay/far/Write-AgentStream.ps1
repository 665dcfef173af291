# Runs in a thread of its own: hands the pieces of one pipeline to the agent. Says `m` behind an empty one, and `c` where they end without: then
# the session is over, and so is the agent's input.
function Write-AgentStream {
    param($Pieces, $Stream, $Queue)
    $bytesOf = [Text.Encoding]::GetEncoding(28591)
    $more = $false
    try {
        foreach ($piece in $Pieces) {
            if ("$piece" -eq '') { $more = $true; break }
            $bytes = $bytesOf.GetBytes("$piece")
            $Stream.Write($bytes, 0, $bytes.Length)
            $Stream.Flush()
        }
    } catch { $null = $_ }
    if ($more) { $Queue.Add('m'); return }
    try { $Stream.Close() } catch { $null = $_ }
    $Queue.Add('c')
}
