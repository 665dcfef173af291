$Calls['Grant-AccountRight'] = @{
    parameters = @{ right = 'right'; account = 'string' }
    run = {
        param($Request)
        $sid = (Resolve-Account $Request['account']).Value
        $holders = @(Get-RightHolder $Request['right'])
        if ($holders -notcontains $sid) { Set-RightHolder $Request['right'] ($holders + $sid) }
    }
}
