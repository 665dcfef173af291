# The far end of the relay, in a session on the node. $Pieces are what the agent reads, of this pipeline; an empty one says that another pipeline
# of the session goes on. Gives what the agent writes, one byte a character, behind `o` or `e` for the stream; at last `m` (it goes on) or `x` and
# the exit code. $Launch are the arguments of PowerShell; absent: they are the first piece.
function Invoke-AgentProcess($Pieces, [string]$Launch) {
    if ($null -eq $script:OrielAgent) {
        if ($Launch -eq '') {
            [void]$Pieces.MoveNext()
            $Launch = "$($Pieces.Current)"
        }
        $script:OrielAgent = Start-AgentProcess $Launch
    }
    $agent = $script:OrielAgent
    $pump = [powershell]::Create()
    [void]$pump.AddScript(${function:Write-AgentStream}.ToString()).AddArgument($Pieces).AddArgument($agent['input']).AddArgument($agent['queue'])
    [void]$pump.BeginInvoke()
    $piece = $null
    $continues = $false
    try {
        while ($agent['open'] -gt 0 -and -not $continues) {
            # Not for ever: a session that is closed stops the pipeline between two statements only, and a child may hold the streams of an agent that ended.
            if (-not $agent['queue'].TryTake([ref]$piece, 500)) {
                if ($agent['process'].HasExited) { break }
            } elseif ($piece -eq 'z') { $agent['open'] -= 1 }
            elseif ($piece -eq 'm') { $continues = $true }
            elseif ($piece -ne 'c') { $piece }
        }
        if ($continues) { return 'm' }
        $agent['process'].WaitForExit()
        'x' + $agent['process'].ExitCode
    } finally {
        if (-not $continues) {
            $script:OrielAgent = $null
            # The end of its input ends the agent, also in the middle of a call, with everything that call started.
            try { $agent['input'].Close() } catch { $null = $_ }
        }
    }
}

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

# The one function of the endpoint. Its pipeline carries the lines of the agent protocol, and no source.
function Start-OrielAgent {
    Invoke-AgentProcess $input ('-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "' + [IO.Path]::Combine($PSScriptRoot, 'Agent.ps1') + '"')
}
Export-ModuleMember -Function 'Start-OrielAgent'
