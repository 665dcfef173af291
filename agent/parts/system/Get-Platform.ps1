# What the node runs on: Wine has a key of its own in the registry.
function Get-Platform {
    if (-not (Test-Windows)) { return 'windows' }
    $key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('SOFTWARE\Wine')
    if ($null -eq $key) { return 'windows' }
    $key.Dispose()
    'wine'
}
