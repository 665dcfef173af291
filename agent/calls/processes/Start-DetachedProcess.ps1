$Calls['Start-DetachedProcess'] = {
    param($Request)
    $name = $Request['name']
    if ((Get-Run $name)['state'] -eq 'running') { throw (New-CallError 'AlreadyRunning' "$name is running" 'ResourceExists') }
    $program = Resolve-Program $Request['file']
    $directory = New-RunDirectory $name
    $text = ConvertTo-JsonText @{ program = $program; arguments = ConvertTo-CommandLine $program $Request['arguments'] }
    [IO.File]::WriteAllText([IO.Path]::Combine($directory, 'request.json'), $text)
    Start-DetachedRun $directory
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        $running = Read-RunFile $directory 'running.json'
        if ($null -ne $running) { return [ordered]@{ name = $name; pid = $running['pid']; state = 'running' } }
        if ((Get-Run $name)['state'] -eq 'exited' -or $watch.Elapsed.TotalSeconds -gt 60) {
            throw (New-CallError 'StartFailed' "$program could not be started" 'OpenError')
        }
        Start-Sleep -Milliseconds 50
    }
}
