$Calls['Get-AccountRight'] = {
    param($Request)
    $accounts = @(Get-RightHolder $Request['right'] | ForEach-Object {
        Get-AccountName (New-Object Security.Principal.SecurityIdentifier $_)
    })
    @{ accounts = $accounts }
}
