$Calls['Set-Share'] = {
    param($Request)
    $share = Assert-SmbShare $Request['name'] $Request['scope']
    $settings = @{
        CachingMode = 'None'
        ContinuouslyAvailable = $Request['continuouslyAvailable']
        EncryptData = $Request['encryptData']
    }
    Set-SmbShare -InputObject $share @settings -Force
}
