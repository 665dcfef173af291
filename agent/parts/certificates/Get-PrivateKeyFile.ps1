# The file of the private key of a certificate, or $null where there is none: the key is not of RSA, or in a chip.
function Get-PrivateKeyFile($Certificate) {
    if (-not $Certificate.HasPrivateKey) { return }
    $root = [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'Microsoft\Crypto')
    foreach ($name in @(Get-PrivateKeyName $Certificate)) {
        foreach ($folder in @('RSA\MachineKeys', 'Keys', 'SystemKeys')) {
            $file = "$root\$folder\$name"
            if ("$name" -ne '' -and [IO.File]::Exists($file)) { return $file }
        }
    }
}
