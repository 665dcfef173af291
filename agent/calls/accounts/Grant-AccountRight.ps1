$Calls['Grant-AccountRight'] = {
    param($Request)
    $sid = (Resolve-Account $Request['account']).Value
    $holders = @(Get-RightHolder $Request['right'])
    if ($holders -notcontains $sid) { Set-RightHolder $Request['right'] ($holders + $sid) }
}
