$Calls['Invoke-Process'] = {
    param($Request)
    $process = Start-Program $Request
    $Agent['process'] = $process
    try {
        $id = $null
        if ($Request['stream']) { $id = $Request['id'] }
        $readers = @(
            (New-OutputReader $process.StandardOutput.BaseStream $id),
            (New-OutputReader $process.StandardError.BaseStream $id)
        )
        Send-ProcessInput $process $Request['input']
        $timedOut = Wait-ProcessEnd $process $readers $Request['timeout']
        $exitCode = -1
        if (-not $timedOut) { $exitCode = $process.ExitCode }
        [ordered]@{
            exitCode = $exitCode
            stdout = ConvertFrom-TextBytes ($readers[0]['bytes'].ToArray())
            stderr = ConvertFrom-TextBytes ($readers[1]['bytes'].ToArray())
            timedOut = $timedOut
        }
    } finally {
        $Agent['process'] = $null
        $process.Dispose()
    }
}
