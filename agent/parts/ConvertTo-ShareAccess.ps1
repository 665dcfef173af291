# The access that a request wants, as a table of rights by SID. Checked whole before anything is changed.
function ConvertTo-ShareAccess($Access) {
    $wanted = @{}
    foreach ($entry in $Access) {
        $account = $entry['account']
        $rights = $entry['rights']
        if ($entry.Count -ne 2 -or $account -isnot [string] -or @('Full', 'Change', 'Read') -cnotcontains $rights) {
            throw (New-CallError 'BadParameter' 'access: each has an account and rights (Full, Change, Read)' 'InvalidArgument')
        }
        $wanted[(Resolve-Account $account).Value] = $rights
    }
    if ($wanted.Count -eq 0) { throw (New-CallError 'BadParameter' 'access: nobody could use it' 'InvalidArgument') }
    $wanted
}
