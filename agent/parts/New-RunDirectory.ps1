# An empty directory for a run, below one that only administrators can write: others could put a program of theirs in request.json.
function New-RunDirectory([string]$Name) {
    $directory = Get-RunDirectory $Name
    $runs = [IO.Path]::GetDirectoryName($directory)
    [void][IO.Directory]::CreateDirectory($runs)
    $access = New-Object Security.AccessControl.DirectorySecurity
    $user = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    # Without naming the parts, the audit rules would be set as well, which takes a privilege.
    $access.SetSecurityDescriptorSddlForm("O:${user}D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;$user)", 'Owner, Access')
    Set-Acl -LiteralPath $runs -AclObject $access
    if ([IO.Directory]::Exists($directory)) { Remove-Tree $directory }
    [void][IO.Directory]::CreateDirectory($directory)
    $directory
}
