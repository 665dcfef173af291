$Calls['Set-ServiceRecovery'] = @{
    parameters = @{ name = 'service'; actions = 'list'; reset = 'integer'; onError = 'boolean' }
    run = {
        param($Request)
        $name = $Request['name']
        $wrong = @($Request['actions'] | Where-Object { $_ -cnotmatch '^(none|restart|reboot)/[0-9]{1,9}\z' })
        if ($wrong.Count -gt 0) { throw (New-CallError 'BadParameter' "$($wrong[0]) is no action (restart/MILLISECONDS)" 'InvalidArgument') }
        if ($Request['reset'] -lt 0) { throw (New-CallError 'BadParameter' 'reset is less than 0 seconds' 'InvalidArgument') }
        Assert-Service $name
        # The commands of sc.exe want a blank after each equals sign; no action is said by an empty argument.
        Invoke-ServiceControl $name @('failure', $name, 'reset=', "$($Request['reset'])", 'actions=', ($Request['actions'] -join '/'))
        Invoke-ServiceControl $name @('failureflag', $name, "$([int]$Request['onError'])")
    }
}
