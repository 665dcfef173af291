# Owner and access of a directory: Administrators own it, who is listed has these rights here and below, nothing comes from above.
function New-DirectorySecurity($Access) {
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetOwner((Resolve-Account 'BUILTIN\Administrators'))
    $security.SetAccessRuleProtection($true, $false)
    foreach ($entry in $Access) {
        $account = $entry['account']
        $rights = $entry['rights']
        if ($entry.Count -ne 2 -or $account -isnot [string] -or @('FullControl', 'Modify', 'ReadAndExecute') -cnotcontains $rights) {
            throw (New-CallError 'BadParameter' 'access: each has an account and rights (FullControl, Modify, ReadAndExecute)' 'InvalidArgument')
        }
        $sid = Resolve-Account $account
        $rule = New-Object Security.AccessControl.FileSystemAccessRule $sid, $rights, 'ContainerInherit, ObjectInherit', 'None', 'Allow'
        $security.AddAccessRule($rule)
    }
    $security
}
