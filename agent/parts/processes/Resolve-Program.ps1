# The path of a program: the file itself, or the first of that name on the PATH.
function Resolve-Program([string]$File) {
    if ($File -match '^([A-Za-z]:\\|\\\\|/)') {
        if ([IO.File]::Exists($File)) { return $File }
    } elseif ($File -match '^[^\\/:*?\[\]]+\z') {
        $found = @(Get-Command -Name $File -CommandType Application -ErrorAction SilentlyContinue)
        if ($found.Count -gt 0) { return $found[0].Definition }
    }
    throw (New-CallError 'ProgramNotFound' "there is no program $File" 'ObjectNotFound')
}
