# Ends a process with all it started. Also run by the thread that reads standard input, so it uses no other function.
function Stop-ProcessTree {
    param($Process)
    if ($PSVersionTable.PSVersion.Major -ge 6) { $Process.Kill($true); return }
    # With 'Stop' a line on standard error would be an exception.
    $ErrorActionPreference = 'Continue'
    $taskkill = [IO.Path]::Combine([Environment]::SystemDirectory, 'taskkill.exe')
    & $taskkill /T /F /PID $Process.Id 2>&1 | Out-Null
}
