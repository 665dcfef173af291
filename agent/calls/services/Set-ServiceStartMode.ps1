$Calls['Set-ServiceStartMode'] = {
    param($Request)
    $name = $Request['name']
    $wanted = $Request['startMode']
    $types = @{ Auto = 'Automatic'; Manual = 'Manual'; Disabled = 'Disabled' }
    Assert-Service $name
    $why = Set-StartMode $name $types[$wanted]
    $mode = (Get-ServiceTable $name)['startMode']
    if ($mode -eq $wanted) { return }
    throw (New-CallError 'ServiceFailed' "the start mode of $name is $mode, not ${wanted}: Set-Service reported $why" 'InvalidResult')
}
