# The name of an account as Windows has it; an error of .NET where the SID has none.
function ConvertFrom-AccountSid($Sid) { $Sid.Translate([Security.Principal.NTAccount]).Value }
