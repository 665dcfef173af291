$Calls['Revoke-AccountRight'] = {
    param($Request)
    $sid = (Resolve-Account $Request['account']).Value
    $holders = @(Get-RightHolder $Request['right'])
    if ($holders -contains $sid) { Set-RightHolder $Request['right'] @($holders | Where-Object { $_ -ne $sid }) }
}
