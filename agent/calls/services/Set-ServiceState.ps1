$Calls['Set-ServiceState'] = {
    param($Request)
    $name = $Request['name']
    $wanted = $Request['status']
    Assert-Service $name
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $service = Get-Service -Name $name
    $asked = $false
    while ("$($service.Status)" -ne $wanted) {
        if ($watch.Elapsed.TotalSeconds -gt $Request['timeout']) {
            throw (New-CallError 'ServiceFailed' "$name is still $($service.Status) after $($Request['timeout']) s" 'OperationTimeout')
        }
        # Only a service that rests can be asked; one on its way somewhere is waited for.
        if (@('Running', 'Stopped', 'Paused') -contains "$($service.Status)") {
            # One that is asked to stop may say Running for a while; one that was started and rests again has failed.
            if ($asked -and $wanted -eq 'Running') {
                $code = (Get-ServiceTable $name)['exitCode']
                throw (New-CallError 'ServiceFailed' "$name was started and is $($service.Status), exit code $code" 'InvalidResult')
            }
            if (-not $asked) { Request-ServiceState $service $wanted }
            $asked = $true
        }
        Start-Sleep -Milliseconds 200
        $service.Refresh()
    }
    @{ status = "$($service.Status)" }
}
