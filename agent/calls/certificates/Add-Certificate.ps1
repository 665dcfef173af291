$Calls['Add-Certificate'] = {
    param($Request)
    $certificate = ConvertTo-Certificate $Request['certificate'] $Request['password']
    $certificate.FriendlyName = $Request['label']
    $store = Open-CertificateStore $Request['store'] 'ReadWrite'
    try {
        $store.Add($certificate)
        # One that was there already may have kept its own label.
        foreach ($each in @($store.Certificates | Where-Object { $_.Thumbprint -eq $certificate.Thumbprint })) {
            if ($each.FriendlyName -cne $Request['label']) { $each.FriendlyName = $Request['label'] }
        }
    } finally { $store.Close() }
}
