# A group of this computer as ADSI has it, or $null. It is opened by the name that its SID has here: Windows translates the names of its own.
function Open-LocalGroup([string]$Name) {
    try { $sid = Resolve-Account $Name } catch { return $null }
    $short = (ConvertFrom-AccountSid $sid).Split('\')[-1]
    Open-DirectoryEntry "WinNT://$([Environment]::MachineName)/$short,group"
}
