# Runs in a thread of its own: what the agent writes to one of its streams, as pieces behind $Mark; `z` at the end.
function Read-AgentStream {
    param([string]$Mark, $Stream, $Queue)
    $textOf = [Text.Encoding]::GetEncoding(28591)
    $buffer = New-Object byte[] 65536
    try {
        while (($count = $Stream.Read($buffer, 0, $buffer.Length)) -gt 0) { $Queue.Add($Mark + $textOf.GetString($buffer, 0, $count)) }
    } catch { $null = $_ }
    $Queue.Add('z')
}
