$Calls['Set-ShareAccess'] = {
    param($Request)
    $wanted = ConvertTo-ShareAccess $Request['access']
    $share = Assert-SmbShare $Request['name'] $Request['scope']
    # Who has what is wanted is left alone, so that nobody who uses the share is cut off.
    foreach ($trustee in @(Get-ShareTrustee $share)) {
        $target = @{ InputObject = $share; AccountName = $trustee['account']; Force = $true }
        if ($trustee['deny']) { [void](Unblock-SmbShareAccess @target); continue }
        if ($wanted[$trustee['sid']] -eq $trustee['rights']) { $wanted.Remove($trustee['sid']); continue }
        [void](Revoke-SmbShareAccess @target)
    }
    foreach ($entry in $wanted.GetEnumerator()) {
        $account = ConvertTo-LocalName $entry.Key
        [void](Grant-SmbShareAccess -InputObject $share -AccountName $account -AccessRight $entry.Value -Force)
    }
}
