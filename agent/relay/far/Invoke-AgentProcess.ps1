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
