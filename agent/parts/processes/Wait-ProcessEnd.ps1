# Reads until the program and its output have ended; $true when it was ended for taking longer than $Timeout seconds. What a child of it
# holds open after its end (a service does so for ever) is not waited for longer than two seconds.
function Wait-ProcessEnd($Process, $Readers, $Timeout) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $timedOut = $false
    $end = $null
    while ($true) {
        $moved = $false
        foreach ($reader in $Readers) { if (Update-OutputReader $reader) { $moved = $true } }
        $open = @($Readers | Where-Object { $_['open'] }).Count
        $now = $watch.Elapsed.TotalSeconds
        if ($null -eq $end -and $Process.HasExited) { $end = $now }
        if ($null -eq $end -and $now -gt $Timeout) {
            $timedOut = $true
            $end = $now
            Stop-ProcessTree $Process
        }
        if ($null -ne $end -and ($open -eq 0 -or $now - $end -gt 2)) { return $timedOut }
        if (-not $moved) { Start-Sleep -Milliseconds 20 }
    }
}
