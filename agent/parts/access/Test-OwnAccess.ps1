# Whether an administrator gave a directory access of its own: it inherits none, and nobody else owns it, who could have done so too. Of a link,
# Windows would tell the access of what it points to.
function Test-OwnAccess([string]$Path) {
    -not (Test-Link $Path) -and (Test-AdministratorOwner $Path) -and (Get-AccessList $Path).AreAccessRulesProtected
}
