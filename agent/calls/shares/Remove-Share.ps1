$Calls['Remove-Share'] = {
    param($Request)
    $share = Find-SmbShare $Request['name'] $Request['scope']
    if ($null -eq $share) { return @{ removed = $false } }
    Remove-SmbShare -InputObject $share -Force
    @{ removed = $true }
}
