$Calls['Add-GroupMember'] = {
    param($Request)
    $group = Assert-LocalGroup $Request['group']
    $sid = (Resolve-Account $Request['account']).Value
    if (@(Get-LocalMember $group) -notcontains $sid) { [void]$group.psbase.Invoke('Add', "WinNT://$sid") }
}
