function Assert-Service([string]$Name) {
    if ($null -eq (Get-ServiceTable $Name)) { throw (New-CallError 'ServiceNotFound' "there is no service $Name" 'ObjectNotFound') }
}
