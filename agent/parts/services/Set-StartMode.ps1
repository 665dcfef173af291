# Sets the start mode of a service in the words of Set-Service, and gives the error that it reported. PowerShell 6 and later also set whether
# the start is delayed, and may fail with that after the mode is set.
function Set-StartMode([string]$Name, [string]$Type) {
    try { Set-Service -Name $Name -StartupType $Type; 'no error' } catch { $_.Exception.GetBaseException().Message }
}
