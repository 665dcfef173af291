$Calls['Get-ShareState'] = {
    param($Request)
    $share = Find-SmbShare $Request['name'] $Request['scope']
    if ($null -eq $share) { return @{ exists = $false } }
    $access = @(Get-ShareTrustee $share | ForEach-Object {
        $account = $_['account']
        if ($_['sid'] -ne $account) { $account = Get-AccountName (New-Object Security.Principal.SecurityIdentifier $_['sid']) }
        $entry = [ordered]@{ account = $account; rights = $_['rights'] }
        if ($_['deny']) { $entry['deny'] = $true }
        $entry
    })
    [ordered]@{
        exists = $true
        path = "$($share.Path)"
        description = "$($share.Description)"
        continuouslyAvailable = [bool]$share.ContinuouslyAvailable
        encryptData = [bool]$share.EncryptData
        cachingMode = "$($share.CachingMode)"
        access = $access
    }
}
