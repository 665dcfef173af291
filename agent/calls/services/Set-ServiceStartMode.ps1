$Calls['Set-ServiceStartMode'] = {
    param($Request)
    $name = $Request['name']
    $wanted = $Request['startMode']
    $types = @{ Auto = 'Automatic'; Manual = 'Manual'; Disabled = 'Disabled' }
    Assert-Service $name
    $why = 'Set-Service reported no error'
    # PowerShell 6 and later also set whether the start is delayed, and may fail with that after the mode is set.
    try { Set-Service -Name $name -StartupType $types[$wanted] } catch { $why = $_.Exception.GetBaseException().Message }
    $mode = (Get-ServiceTable $name)['startMode']
    if ($mode -ne $wanted) { throw (New-CallError 'ServiceFailed' "the start mode of $name is $mode, not ${wanted}: $why" 'InvalidResult') }
}
