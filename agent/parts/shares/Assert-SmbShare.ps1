function Assert-SmbShare([string]$Name, $Scope) {
    $share = Find-SmbShare $Name $Scope
    if ($null -eq $share) { throw (New-CallError 'ShareNotFound' "there is no share $Name" 'ObjectNotFound') }
    $share
}
