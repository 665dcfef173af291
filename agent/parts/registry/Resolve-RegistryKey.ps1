# The hive and the path below it of a key that is named as in the protocol: `HKLM\SOFTWARE\...`, in the 64-bit view.
function Resolve-RegistryKey([string]$Key) {
    $hives = @{ HKLM = 'LocalMachine'; HKCU = 'CurrentUser'; HKCR = 'ClassesRoot'; HKU = 'Users' }
    $hive, $path = $Key.Split([char[]]'\', 2)
    @{ root = [Microsoft.Win32.RegistryKey]::OpenBaseKey($hives[$hive], 'Registry64'); path = $path }
}
