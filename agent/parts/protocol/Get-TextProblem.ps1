function Get-TextProblem($Value, [hashtable]$Schema) {
    if ($Value -isnot [string]) { return 'is not text' }
    if ($Schema.ContainsKey('minLength') -and $Value.Length -lt $Schema['minLength']) { return 'is too short' }
    if ($Schema.ContainsKey('maxLength') -and $Value.Length -gt $Schema['maxLength']) { return 'is too long' }
    # To compile a pattern costs more than to try it on a short text, and a tenth on a block of a file.
    $options = if ($Value.Length -gt 65536) { 'Compiled' } else { 'None' }
    if ($Schema.ContainsKey('pattern') -and -not [regex]::IsMatch($Value, $Schema['pattern'], $options)) { "does not match $($Schema['pattern'])" }
}
