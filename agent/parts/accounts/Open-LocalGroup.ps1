# A group of this computer as ADSI has it, or $null. It is opened by the name that its SID has here: Windows translates the names of its own.
function Open-LocalGroup([string]$Name) {
    try { $sid = Resolve-Account $Name } catch { return $null }
    $short = $sid.Translate([Security.Principal.NTAccount]).Value.Split('\')[-1]
    $group = New-Object DirectoryServices.DirectoryEntry "WinNT://$([Environment]::MachineName)/$short,group"
    try { [void]$group.psbase.NativeObject } catch [Runtime.InteropServices.COMException] { return $null }
    $group
}
