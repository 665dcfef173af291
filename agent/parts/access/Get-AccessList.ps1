# Owner and access of a file or directory.
function Get-AccessList([string]$Path) { Get-Acl -LiteralPath $Path }
