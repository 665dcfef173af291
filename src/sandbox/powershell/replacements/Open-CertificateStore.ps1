# Wine keeps in its registry a certificate that was removed, keeps the first label and key of one that is added again, and writes a store
# down only when the last certificate that was read from it is forgotten. So Remove and Add of a store go around it. Keys have no files in
# Wine: an empty one stands for each, so that it can have readers.
${function:Open-WineStore} = ${function:Open-CertificateStore}

function Open-CertificateStore([string]$Name, [string]$For) {
    $store = Open-WineStore $Name $For
    Add-Member -InputObject $store -Force -MemberType ScriptMethod -Name Remove -Value {
        param($Certificate)
        $key = "SOFTWARE\Microsoft\SystemCertificates\$($this.Name)\Certificates\$($Certificate.Thumbprint)"
        [Microsoft.Win32.Registry]::LocalMachine.DeleteSubKeyTree($key, $false)
    }
    Add-Member -InputObject $store -Force -MemberType ScriptMethod -Name Add -Value {
        param($Certificate)
        $this.Remove($Certificate)
        $other = Open-WineStore $this.Name 'ReadWrite'
        try { $other.Add($Certificate) } finally { $other.Close() }
        if ($Certificate.HasPrivateKey) { New-SandboxKeyFile $Certificate }
    }
    $store
}

# Where Windows keeps keys of its old providers, for nobody else to read.
function New-SandboxKeyFile($Certificate) {
    $folder = [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'Microsoft\Crypto\RSA\MachineKeys')
    [void][IO.Directory]::CreateDirectory($folder)
    $file = [IO.Path]::Combine($folder, (Get-PrivateKeyName $Certificate))
    [IO.File]::WriteAllBytes($file, @())
    Set-KeyReader $file @()
}
