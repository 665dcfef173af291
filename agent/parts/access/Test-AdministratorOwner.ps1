# Whether Administrators, Windows itself or the user of this agent owns a file or directory. What cannot even be looked at is not theirs.
function Test-AdministratorOwner([string]$Path) {
    try { $owner = (Get-AccessList $Path).GetOwner([Security.Principal.SecurityIdentifier]).Value }
    catch [UnauthorizedAccessException] { return $false }
    $installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
    @('S-1-5-32-544', 'S-1-5-18', $installer, [Security.Principal.WindowsIdentity]::GetCurrent().User.Value) -contains $owner
}
