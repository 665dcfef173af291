function Assert-LocalGroup([string]$Name) {
    $group = Open-LocalGroup $Name
    if ($null -eq $group) { throw (New-CallError 'GroupNotFound' "there is no local group $Name" 'ObjectNotFound') }
    $group
}
