# Arguments as one command line that CommandLineToArgvW splits into the same arguments. Backslashes count only before a quotation mark, so
# those are doubled. msiexec has rules of its own: a property with blanks is NAME="value", a quotation mark in it is doubled.
function ConvertTo-CommandLine([string]$Program, $Arguments) {
    $msiexec = [IO.Path]::GetFileNameWithoutExtension($Program) -eq 'msiexec'
    $parts = @(foreach ($argument in $Arguments) {
        if ($argument -ne '' -and $argument -notmatch '[\s"]') { $argument; continue }
        if ($msiexec -and $argument -match '^[A-Za-z_][A-Za-z0-9_.]*=') {
            $Matches[0] + '"' + $argument.Substring($Matches[0].Length).Replace('"', '""') + '"'
            continue
        }
        '"' + [regex]::Replace([regex]::Replace($argument, '(\\*)"', '$1$1\"'), '(\\+)\z', '$1$1') + '"'
    })
    $parts -join ' '
}
