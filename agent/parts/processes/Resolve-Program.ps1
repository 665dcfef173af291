# The path of a program: the file itself, or the first of that name on the PATH.
function Resolve-Program([string]$File) {
    if ($File -match '^([A-Za-z]:\\|\\\\|/)') {
        if ([IO.File]::Exists($File)) { return $File }
    } elseif ($File -match '^[^\\/:*?\[\]]+\z') {
        $found = Find-ProgramOnPath $File
        if ($null -ne $found) { return $found }
    }
    throw (New-CallError 'ProgramNotFound' "there is no program $File" 'ObjectNotFound')
}
