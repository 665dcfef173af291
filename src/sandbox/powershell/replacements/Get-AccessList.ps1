# Wine makes access lists of the nine bits of Unix and keeps nothing of what Set-Acl gives it: the sandbox keeps them.
function Get-AccessList([string]$Path) {
    $access = Invoke-SandboxModel 'Get-SandboxAccess' @{ Path = $Path }
    $security = New-Object Security.AccessControl.FileSecurity
    if ([IO.Directory]::Exists($Path)) { $security = New-Object Security.AccessControl.DirectorySecurity }
    # Only the text form can say of an entry that it is inherited.
    $text = "O:$((Resolve-Account $access['owner']).Value)D:$(if ($access['inherits']) { 'AI' } else { 'P' })"
    foreach ($entry in $access['accounts']) { $text += ConvertTo-SandboxEntry $entry }
    $security.SetSecurityDescriptorSddlForm($text)
    $security
}

function ConvertTo-SandboxEntry($Entry) {
    $reach = "$($Entry['reach'])"
    if ($reach -eq '') { $reach = 'ContainerInherit, ObjectInherit; None' }
    $flags = ''
    foreach ($flag in @(('ContainerInherit', 'CI'), ('ObjectInherit', 'OI'), ('NoPropagateInherit', 'NP'), ('InheritOnly', 'IO'))) {
        if ($reach -match $flag[0]) { $flags += $flag[1] }
    }
    if ($Entry['inherited']) { $flags += 'ID' }
    $type = if ($Entry['deny']) { 'D' } else { 'A' }
    $rights = [int][Security.AccessControl.FileSystemRights]$Entry['rights']
    "($type;$flags;0x$($rights.ToString('x'));;;$((Resolve-Account $Entry['account']).Value))"
}
