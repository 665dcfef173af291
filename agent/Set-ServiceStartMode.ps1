$Calls['Set-ServiceStartMode'] = @{
    parameters = @{ name = 'service'; startMode = 'string' }
    run = {
        param($Request)
        $types = @{ Auto = 'Automatic'; Manual = 'Manual'; Disabled = 'Disabled' }
        $mode = $Request['startMode']
        if (-not $types.ContainsKey($mode)) {
            throw (New-CallError 'BadParameter' "a service does not start $mode (Auto, Manual, Disabled)" 'InvalidArgument')
        }
        Assert-Service $Request['name']
        Set-Service -Name $Request['name'] -StartupType $types[$mode]
    }
}
