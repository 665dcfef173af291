# Servicing, updates, a changed computer name. Pending renames of files are left out: many programs leave some behind for ever.
function Test-PendingReboot {
    $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
    if (Test-Path -LiteralPath "$windows\Component Based Servicing\RebootPending") { return $true }
    if (Test-Path -LiteralPath "$windows\WindowsUpdate\Auto Update\RebootRequired") { return $true }
    $names = 'HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName'
    $active = (Get-ItemProperty -LiteralPath "$names\ActiveComputerName").ComputerName
    $next = (Get-ItemProperty -LiteralPath "$names\ComputerName").ComputerName
    $active -ne $next
}
