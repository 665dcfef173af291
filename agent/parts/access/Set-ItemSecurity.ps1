# Sets owner and access of a file or directory. An owner can always give himself access, so things of other people are taken over first;
# takeown.exe can do that also where Administrators have no access at all. What a link points to may be anybody's: refused.
function Set-ItemSecurity([string]$Path, $Security) {
    if (Test-Link $Path) { throw (New-CallError 'Refused' "$Path is a link to some other place; look at it and remove it" 'PermissionDenied') }
    if (-not (Test-AdministratorOwner $Path)) {
        # With 'Stop' a line on standard error would be an exception.
        $ErrorActionPreference = 'Continue'
        $takeown = [IO.Path]::Combine([Environment]::SystemDirectory, 'takeown.exe')
        & $takeown /A /F $Path.TrimEnd('\') 2>&1 | Out-Null
        $ErrorActionPreference = 'Stop'
        if ($LASTEXITCODE -ne 0) { throw (New-CallError 'Refused' "$Path is somebody else's and takeown.exe failed" 'PermissionDenied') }
    }
    Set-AccessList $Path $Security
}
