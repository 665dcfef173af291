$Calls['Set-Share'] = @{
    parameters = @{ name = 'share'; scope = 'string?'; continuouslyAvailable = 'boolean'; encryptData = 'boolean' }
    run = {
        param($Request)
        $share = Assert-SmbShare $Request['name'] $Request['scope']
        $settings = @{
            CachingMode = 'None'
            ContinuouslyAvailable = $Request['continuouslyAvailable']
            EncryptData = $Request['encryptData']
        }
        Set-SmbShare -InputObject $share @settings -Force
    }
}
