function Get-TextProblem($Value, [hashtable]$Schema) {
    if ($Value -isnot [string]) { return 'is not text' }
    if ($Schema.ContainsKey('minLength') -and $Value.Length -lt $Schema['minLength']) { return 'is too short' }
    if ($Schema.ContainsKey('maxLength') -and $Value.Length -gt $Schema['maxLength']) { return 'is too long' }
    if ($Schema.ContainsKey('pattern') -and -not [regex]::IsMatch($Value, $Schema['pattern'])) { "does not match $($Schema['pattern'])" }
}
