# A share by name and scope, which name it together, or $null. A scope is the network name of a clustered file server, `*` the node itself. All
# shares are looked through, as one that is not there would be an error in the language of Windows.
function Find-SmbShare([string]$Name, $Scope) {
    if ($null -eq $Scope) { $Scope = '*' }
    Get-SmbShare | Where-Object { "$($_.Name)" -eq $Name -and "$($_.ScopeName)" -eq $Scope } | Select-Object -First 1
}
