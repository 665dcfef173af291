# Whether $Value is of $Type, with nothing converted: PowerShell would make text of a number and one text of a list.
function Test-Parameter($Value, [string]$Type) {
    $number = $Value -is [int] -or $Value -is [long]
    switch ($Type) {
        'string' { return $Value -is [string] }
        'boolean' { return $Value -is [bool] }
        'integer' { return $number }
        'seconds' { return ($number -or $Value -is [double] -or $Value -is [decimal]) -and $Value -gt 0 }
        'table' { return $Value -is [hashtable] }
        'list' { return $Value -is [array] -and @($Value | Where-Object { $_ -isnot [string] }).Count -eq 0 }
        'tables' { return $Value -is [array] -and @($Value | Where-Object { $_ -isnot [hashtable] }).Count -eq 0 }
        'value' { return $number -or $Value -is [string] -or (Test-Parameter $Value 'list') }
        'variable' { return $Value -is [string] -and $Value -match '^[A-Za-z_][A-Za-z0-9_().-]{0,254}\z' }
        'share' { return $Value -is [string] -and $Value -match '^[^\x00-\x1f"/\\\[\]:|<>+=;,*?]{1,80}\z' }
        'name' { return $Value -is [string] -and $Value -match '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z' }
        'right' { return $Value -is [string] -and $Value -cmatch '^Se[A-Za-z]{1,60}\z' }
        'thumbprint' { return $Value -is [string] -and $Value -match '^[0-9A-Fa-f]{40}\z' }
        'path' {
            if ($Value -isnot [string]) { return $false }
            if (-not (Test-Windows)) { return $Value.StartsWith('/') }
            return $Value -match '^([A-Za-z]:\\|\\\\[^\\?.][^\\]*\\[^\\])'
        }
        'run' { return $Value -is [string] -and $Value -match '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z' }
        'service' { return $Value -is [string] -and $Value -match '^[A-Za-z0-9][A-Za-z0-9_.$-]{0,255}\z' }
    }
    throw (New-CallError 'UnknownType' "no parameter can be of type $Type")
}
