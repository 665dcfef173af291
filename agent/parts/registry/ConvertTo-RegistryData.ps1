# A value of the protocol as .NET writes one of $Type: binary is base64 there, numbers are unsigned. Throws BadParameter where it is none.
function ConvertTo-RegistryData([string]$Type, $Value) {
    $number = $Value -is [int] -or $Value -is [long]
    try {
        switch ($Type) {
            'String' { if ($Value -is [string]) { return $Value } }
            'ExpandString' { if ($Value -is [string]) { return $Value } }
            'MultiString' { if ($Value -is [array]) { return , [string[]]$Value } }
            'Binary' { if ($Value -is [string]) { return , [Convert]::FromBase64String($Value) } }
            'DWord' { if ($number) { return [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$Value), 0) } }
            'QWord' { if ($number) { return [BitConverter]::ToInt64([BitConverter]::GetBytes([uint64]$Value), 0) } }
        }
    } catch { $null = $_ }
    throw (New-CallError 'BadParameter' "the value is none of type $Type" 'InvalidArgument')
}
