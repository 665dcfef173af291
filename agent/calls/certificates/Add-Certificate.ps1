$Calls['Add-Certificate'] = {
    param($Request)
    $certificate = ConvertTo-Certificate $Request['certificate'] $Request['password']
    $certificate.FriendlyName = $Request['label']
    $store = Open-CertificateStore $Request['store'] 'ReadWrite'
    try { $store.Add($certificate) } finally { $store.Close() }
}
