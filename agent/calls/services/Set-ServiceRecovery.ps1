$Calls['Set-ServiceRecovery'] = {
    param($Request)
    $name = $Request['name']
    Assert-Service $name
    # The commands of sc.exe want a blank after each equals sign; no action is said by an empty argument.
    Invoke-ServiceControl $name @('failure', $name, 'reset=', "$($Request['reset'])", 'actions=', ($Request['actions'] -join '/'))
    Invoke-ServiceControl $name @('failureflag', $name, "$([int]$Request['onError'])")
}
