# Makes $Access all the access there is to a directory and what is below it. The directory first: from then on nobody else gets in.
function Protect-Directory([string]$Path, $Access) {
    Set-ItemSecurity $Path (New-DirectorySecurity $Access)
    Reset-Access $Path
}
