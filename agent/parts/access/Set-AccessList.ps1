function Set-AccessList([string]$Path, $Security) { Set-Acl -LiteralPath $Path -AclObject $Security }
