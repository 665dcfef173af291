# Speaks the protocol of docs/agent-protocol.md until `bye` or the end of standard input. $Reader has given the source already.
function Start-Agent($Reader) {
    # Children inherit these; there may be no console to set them on.
    try { [Console]::InputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }
    try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }
    # 0 leaves the choice to the system; .NET before 4.7 names protocols and leaves TLS 1.2 (3072) out.
    $security = [int][Net.ServicePointManager]::SecurityProtocol
    if ($security -ne 0) { [Net.ServicePointManager]::SecurityProtocol = $security -bor 3072 }
    $Agent['output'] = [Console]::OpenStandardOutput()
    Initialize-Protocol
    $queue = New-Object 'System.Collections.Concurrent.BlockingCollection[string]'
    $pump = [powershell]::Create()
    [void]$pump.AddScript(${function:Read-StandardInput}.ToString())
    [void]$pump.AddArgument($Reader).AddArgument($queue).AddArgument($Agent).AddArgument(${function:Stop-ProcessTree}.ToString())
    [void]$pump.BeginInvoke()
    $version = $PSVersionTable.PSVersion
    Send-Message ([ordered]@{ hello = 1; agent = '1'; powershell = '{0}.{1}' -f $version.Major, $version.Minor; pid = $PID; platform = Get-Platform })
    while ($true) {
        $request = ConvertFrom-RequestLine ($queue.Take())
        Send-Message (Invoke-Request $request)
        if ($null -ne $request -and $request['call'] -eq 'bye') { [Environment]::Exit(0) }
    }
}
