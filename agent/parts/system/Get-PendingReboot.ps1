# Why Windows has to be restarted: servicing, updates, a changed computer name; nothing where it need not. Pending renames of files are left out:
# many programs leave some behind for ever.
function Get-PendingReboot {
    $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
    if (Test-Path -LiteralPath "$windows\Component Based Servicing\RebootPending") { 'servicing' }
    if (Test-Path -LiteralPath "$windows\WindowsUpdate\Auto Update\RebootRequired") { 'updates' }
    $names = 'HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName'
    $active = (Get-ItemProperty -LiteralPath "$names\ActiveComputerName").ComputerName
    $next = (Get-ItemProperty -LiteralPath "$names\ComputerName").ComputerName
    if ($active -ne $next) { 'computer name' }
}
