# Speaks the protocol of docs/reference/nodes/agent-protocol.md until `bye` or the end of standard input. $Reader has given the source already.
function Start-Agent($Reader) {
    $Agent['output'] = [Console]::OpenStandardOutput()
    # First of all: what the agent needs for calls it makes ready while the controller reads this.
    $version = $PSVersionTable.PSVersion
    Send-Line ('{{"hello":1,"agent":"1","powershell":"{0}.{1}","pid":{2},"platform":"{3}"}}' -f $version.Major, $version.Minor, $PID, (Get-Platform))
    $queue = New-Object 'System.Collections.Concurrent.BlockingCollection[string]'
    $pump = [powershell]::Create()
    [void]$pump.AddScript(${function:Read-StandardInput}.ToString())
    [void]$pump.AddArgument($Reader).AddArgument($queue).AddArgument($Agent).AddArgument(${function:Stop-ProcessTree}.ToString())
    [void]$pump.BeginInvoke()
    # Children inherit these; there may be no console to set them on.
    try { [Console]::InputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }
    try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }
    # 0 leaves the choice to the system; .NET before 4.7 names protocols and leaves TLS 1.2 (3072) out.
    $security = [int][Net.ServicePointManager]::SecurityProtocol
    if ($security -ne 0) { [Net.ServicePointManager]::SecurityProtocol = $security -bor 3072 }
    try {
        Initialize-Protocol
        while ($true) {
            $line = Select-RequestLine ($queue.Take())
            if ($null -eq $line) { continue }
            $request = ConvertFrom-RequestLine $line
            Send-Message (Invoke-Request $request)
            if ($null -ne $request -and $request['call'] -eq 'bye') { [Environment]::Exit(0) }
        }
    } catch {
        # An error that belongs to no call. The thread that reads standard input would keep a process that answers nothing any more.
        [Console]::Error.WriteLine("the agent failed: $_ (line $($_.InvocationInfo.ScriptLineNumber) of its source)")
        [Environment]::Exit(1)
    }
}
