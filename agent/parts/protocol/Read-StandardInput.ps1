# Runs in a thread of its own: hands over each line, and at the end of input ends what runs and then the agent, also in the middle of a call.
function Read-StandardInput {
    param($Reader, $Queue, $Agent, [string]$StopProcessTree)
    while ($true) {
        $line = $Reader.ReadLine()
        if ($null -eq $line) { break }
        $Queue.Add($line)
    }
    $process = $Agent['process']
    if ($null -ne $process) {
        try { & ([ScriptBlock]::Create($StopProcessTree)) $process } catch { $null = $_ }
    }
    [Environment]::Exit(0)
}
