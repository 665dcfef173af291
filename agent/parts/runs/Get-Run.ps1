# What Get-DetachedProcess answers. The exit code is looked for first and last: it may be written while the processes are looked at.
function Get-Run([string]$Name) {
    $directory = Get-RunDirectory $Name
    $run = [ordered]@{ name = $Name; state = 'absent' }
    if (-not [IO.Directory]::Exists($directory)) { return $run }
    $running = Read-RunFile $directory 'running.json'
    if ($null -ne $running) { $run['started'] = [DateTime]::FromFileTimeUtc($running['since']) }
    if ([IO.File]::Exists([IO.Path]::Combine($directory, 'exit.json'))) { return Add-RunEnd $run $directory }
    if ($null -eq $running) {
        # Just asked for, not yet started; after a minute no program will start it.
        $age = [DateTime]::UtcNow - [IO.File]::GetLastWriteTimeUtc([IO.Path]::Combine($directory, 'request.json'))
        $alive = $age.TotalSeconds -lt 60
    } else {
        $alive = (Test-ProcessAlive $running['pid'] $running['since']) -or (Test-ProcessAlive $running['watcher'] $running['watcherSince'])
    }
    $run['state'] = 'lost'
    if ($alive) { $run['state'] = 'running' }
    elseif ([IO.File]::Exists([IO.Path]::Combine($directory, 'exit.json'))) { return Add-RunEnd $run $directory }
    $run
}
