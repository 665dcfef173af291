$Calls['Set-ServiceDependency'] = @{
    parameters = @{ name = 'service'; dependencies = 'list' }
    run = {
        param($Request)
        $name = $Request['name']
        $wrong = @($Request['dependencies'] | Where-Object { -not (Test-Parameter $_ 'service') })
        if ($wrong.Count -gt 0) { throw (New-CallError 'BadParameter' "$($wrong[0]) is no name of a service" 'InvalidArgument') }
        Assert-Service $name
        $list = $Request['dependencies'] -join '/'
        # A slash alone stands for none.
        if ($list -eq '') { $list = '/' }
        Invoke-ServiceControl $name @('config', $name, 'depend=', $list)
    }
}
