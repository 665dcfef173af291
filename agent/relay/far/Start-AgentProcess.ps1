# Starts PowerShell for the agent; gives its streams, as all pipelines of the session share them.
function Start-AgentProcess([string]$Arguments) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\powershell.exe')
    # Tests have a node without Windows.
    if (-not [IO.File]::Exists($start.FileName)) { $start.FileName = 'powershell' }
    $start.Arguments = $Arguments
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    # So many pieces wait for the network at most; then the agent waits.
    $queue = New-Object 'System.Collections.Concurrent.BlockingCollection[string]' 64
    foreach ($stream in @(, @('o', $process.StandardOutput.BaseStream)) + @(, @('e', $process.StandardError.BaseStream))) {
        $reader = [powershell]::Create()
        [void]$reader.AddScript(${function:Read-AgentStream}.ToString()).AddArgument($stream[0]).AddArgument($stream[1]).AddArgument($queue)
        [void]$reader.BeginInvoke()
    }
    @{ process = $process; input = $process.StandardInput.BaseStream; queue = $queue; open = 2 }
}
