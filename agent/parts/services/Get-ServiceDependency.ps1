# Names of the services that one waits for when it starts, as the service manager keeps them. Get-Service fails for one that is not there.
function Get-ServiceDependency([string]$Name) {
    $key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey("SYSTEM\CurrentControlSet\Services\$Name")
    if ($null -eq $key) { return }
    try { $key.GetValue('DependOnService', @()) } finally { $key.Dispose() }
}
