# A store of the computer, to be closed by who opens it. X509Store is in every .NET; Import-PfxCertificate is not in every Windows.
function Open-CertificateStore([string]$Name, [string]$For) {
    $store = New-Object Security.Cryptography.X509Certificates.X509Store $Name, 'LocalMachine'
    $store.Open($For)
    $store
}
