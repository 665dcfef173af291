# Whether an administrator gave a directory access of its own: it inherits none, and nobody else owns it, who could have done so too.
function Test-OwnAccess([string]$Path) {
    (Test-AdministratorOwner $Path) -and (Get-Acl -LiteralPath $Path).AreAccessRulesProtected
}
