# Whether the process with this id runs and is the one that started at $Since (a file time), not a later one that was given its id.
function Test-ProcessAlive($Id, $Since) {
    $process = Get-Process -Id $Id -ErrorAction SilentlyContinue
    if ($null -eq $process) { return $false }
    # One that ends at this moment has no start time any more.
    try { $process.StartTime.ToFileTimeUtc() -eq $Since } catch { $false }
}
