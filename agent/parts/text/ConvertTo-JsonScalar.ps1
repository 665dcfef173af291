# A value of a value type as JSON: numbers as such, truth values, enumerations by name, dates as ISO 8601 in UTC, all else as text.
function ConvertTo-JsonScalar($Value) {
    $invariant = [Globalization.CultureInfo]::InvariantCulture
    if ($Value -is [int] -or $Value -is [long]) { return $Value.ToString($invariant) }
    if ($Value -is [bool]) { return "$Value".ToLowerInvariant() }
    if ($Value -is [enum] -or $Value -is [char]) { return ConvertTo-JsonString "$Value" }
    if ($Value -is [datetime]) { return ConvertTo-JsonString (ConvertTo-IsoDate $Value) }
    if ($Value -is [double] -or $Value -is [single]) {
        if ([double]::IsNaN($Value) -or [double]::IsInfinity($Value)) { return 'null' }
        return $Value.ToString('R', $invariant)
    }
    if ("$([Type]::GetTypeCode($Value.GetType()))" -match '^(Byte|SByte|U?Int(16|32|64)|Decimal)\z') { return $Value.ToString($invariant) }
    ConvertTo-JsonString "$Value"
}
