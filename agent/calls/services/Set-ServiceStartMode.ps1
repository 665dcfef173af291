$Calls['Set-ServiceStartMode'] = {
    param($Request)
    $types = @{ Auto = 'Automatic'; Manual = 'Manual'; Disabled = 'Disabled' }
    Assert-Service $Request['name']
    Set-Service -Name $Request['name'] -StartupType $types[$Request['startMode']]
}
