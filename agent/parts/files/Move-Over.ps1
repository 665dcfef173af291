# Moves a file over another of the same volume in one step. Replace keeps owner and access of the file that was there.
function Move-Over([string]$Source, [string]$Target) {
    if ([IO.File]::Exists($Target)) { [IO.File]::Replace($Source, $Target, [NullString]::Value, $true) }
    else { [IO.File]::Move($Source, $Target) }
}
