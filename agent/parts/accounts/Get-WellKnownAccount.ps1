# Accounts of every Windows by their SID. Windows translates their names; the protocol has the English ones.
function Get-WellKnownAccount {
    @{
        'S-1-1-0' = 'Everyone'
        'S-1-3-0' = 'CREATOR OWNER'
        'S-1-5-11' = 'NT AUTHORITY\Authenticated Users'
        'S-1-5-18' = 'NT AUTHORITY\SYSTEM'
        'S-1-5-19' = 'NT AUTHORITY\LOCAL SERVICE'
        'S-1-5-20' = 'NT AUTHORITY\NETWORK SERVICE'
        'S-1-5-32-544' = 'BUILTIN\Administrators'
        'S-1-5-32-545' = 'BUILTIN\Users'
    }
}
