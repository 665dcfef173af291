# The name of a SID in the protocol: `.\name` for one of this computer, the SID itself where no name is known, as for an account that was removed.
function Get-AccountName($Sid) {
    $known = (Get-WellKnownAccount)[$Sid.Value]
    if ($null -ne $known) { return $known }
    try { $name = ConvertFrom-AccountSid $Sid } catch { return $Sid.Value }
    $own = [Environment]::MachineName + '\'
    if ($name.StartsWith($own, [StringComparison]::OrdinalIgnoreCase)) { return '.\' + $name.Substring($own.Length) }
    $name
}
