$Calls['Invoke-Cmdlet'] = {
    param($Request)
    $name = $Request['name']
    if ((Get-AllowedCmdlet) -notcontains $name) { throw (New-CallError 'NotAllowed' "$name is not on the list of this agent" 'PermissionDenied') }
    $parameters = $Request['parameters']
    $parameters['ErrorAction'] = 'Stop'
    $rows = @(& $name @parameters | ForEach-Object { Select-Property $_ $Request['select'] })
    , $rows
}
