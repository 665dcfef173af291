# The name of a SID in the protocol; the SID itself where no name is known, as for an account that was removed.
function Get-AccountName($Sid) {
    $known = (Get-WellKnownAccount)[$Sid.Value]
    if ($null -ne $known) { return $known }
    try { $Sid.Translate([Security.Principal.NTAccount]).Value } catch { $Sid.Value }
}
