$Calls['Set-ServiceDependency'] = {
    param($Request)
    $name = $Request['name']
    Assert-Service $name
    $list = $Request['dependencies'] -join '/'
    # A slash alone stands for none.
    if ($list -eq '') { $list = '/' }
    Invoke-ServiceControl $name @('config', $name, 'depend=', $list)
}
