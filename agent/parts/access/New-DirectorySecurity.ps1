# Owner and access of a directory: Administrators own it, who is listed has these rights here and below, nothing comes from above.
function New-DirectorySecurity($Access) {
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetOwner((Resolve-Account 'BUILTIN\Administrators'))
    $security.SetAccessRuleProtection($true, $false)
    foreach ($entry in $Access) {
        $sid = Resolve-Account $entry['account']
        $rule = New-Object Security.AccessControl.FileSystemAccessRule $sid, $entry['rights'], 'ContainerInherit, ObjectInherit', 'None', 'Allow'
        $security.AddAccessRule($rule)
    }
    $security
}
