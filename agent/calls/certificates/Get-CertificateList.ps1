$Calls['Get-CertificateList'] = {
    param($Request)
    $store = Open-CertificateStore $Request['store'] 'ReadOnly, OpenExistingOnly'
    try {
        $found = @($store.Certificates | Where-Object { $_.FriendlyName -eq $Request['label'] -or $_.Thumbprint -eq $Request['thumbprint'] })
    } finally { $store.Close() }
    $certificates = @(foreach ($certificate in $found) {
        $table = [ordered]@{
            thumbprint = "$($certificate.Thumbprint)".ToUpperInvariant()
            label = "$($certificate.FriendlyName)"
            key = [bool]$certificate.HasPrivateKey
            expires = $certificate.NotAfter
        }
        if ($certificate.HasPrivateKey) {
            $file = Get-PrivateKeyFile $certificate
            if ($null -ne $file) { $table['readers'] = @(Get-KeyReader $file) } else { $table['noReaders'] = 'its private key has no file' }
        }
        $table
    })
    @{ certificates = $certificates }
}
