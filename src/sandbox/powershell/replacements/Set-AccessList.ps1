# The other half of Get-AccessList.
function Set-AccessList([string]$Path, $Security) {
    $sid = [Security.Principal.SecurityIdentifier]
    $request = @{ Path = $Path; Inherits = -not $Security.AreAccessRulesProtected }
    $owner = $Security.GetOwner($sid)
    if ($null -ne $owner) { $request['Owner'] = Get-AccountName $owner }
    $request['Accounts'] = @(foreach ($rule in $Security.GetAccessRules($true, $false, $sid)) {
        $entry = @{ account = Get-AccountName $rule.IdentityReference; rights = "$($rule.FileSystemRights)" }
        if ("$($rule.AccessControlType)" -eq 'Deny') { $entry['deny'] = $true }
        $reach = "$($rule.InheritanceFlags); $($rule.PropagationFlags)"
        if ($reach -ne 'ContainerInherit, ObjectInherit; None') { $entry['reach'] = $reach }
        $entry
    })
    Invoke-SandboxModel 'Set-SandboxAccess' $request
}
