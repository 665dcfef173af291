# Runs in a thread of its own: hands standard input to the agent. A node takes 50 MB by one pipeline (PSMaximumReceivedDataSizePerCommandMB) and
# 10 MB in one object, of XML, which makes up to five characters of one: $Most characters go by each, and an empty piece says that more comes.
function Read-RelayInput {
    param($Reader, $Writers, [int]$Most)
    $buffer = New-Object char[] 65536
    $writer = $Writers.Take()
    $sent = 0
    try {
        while (($count = $Reader.Read($buffer, 0, $buffer.Length)) -gt 0) {
            if ($sent + $count -gt $Most) {
                [void]$writer.Write('')
                $writer.Close()
                $writer = $Writers.Take()
                $sent = 0
            }
            [void]$writer.Write((New-Object string $buffer, 0, $count))
            $sent += $count
        }
        $writer.Close()
    } catch { $null = $_ }
    # The controller is done with this session. A node that does not answer any more cannot keep this process.
    [Threading.Thread]::Sleep(10000)
    [Environment]::Exit(255)
}
