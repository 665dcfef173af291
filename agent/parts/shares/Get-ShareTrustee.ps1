# Who has access to a share, as `{account, sid, rights, deny}`: the account as Windows names it here. One that is gone has no SID but its name.
function Get-ShareTrustee($Share) {
    foreach ($entry in @(Get-SmbShareAccess -InputObject $Share)) {
        $account = "$($entry.AccountName)"
        try { $sid = (Resolve-Account $account).Value } catch { $sid = $account }
        @{ account = $account; sid = $sid; rights = "$($entry.AccessRight)"; deny = "$($entry.AccessControlType)" -eq 'Deny' }
    }
}
