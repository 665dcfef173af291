# Plain data as one line of JSON: enumerations by name, dates as ISO 8601 in UTC, a list as a list also with one element, what is deeper
# than $Depth or no plain data as text. ConvertTo-Json of PowerShell 3.0 to 5.1 does each of these differently.
function ConvertTo-JsonText($Value, [int]$Depth = 8) {
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string]) { return ConvertTo-JsonString $Value }
    if ($Value -is [psobject] -and $Value.PSObject.BaseObject -isnot [System.Management.Automation.PSCustomObject]) {
        $Value = $Value.PSObject.BaseObject
    }
    if ($Value -is [ValueType]) { return ConvertTo-JsonScalar $Value }
    if ($Depth -le 0) { return ConvertTo-JsonString "$Value" }
    $parts = New-Object System.Collections.ArrayList
    if ($Value -is [System.Collections.IDictionary]) {
        foreach ($entry in $Value.GetEnumerator()) {
            [void]$parts.Add((ConvertTo-JsonString $entry.Key) + ':' + (ConvertTo-JsonText $entry.Value ($Depth - 1)))
        }
        return '{' + ($parts -join ',') + '}'
    }
    if ($Value -is [System.Management.Automation.PSCustomObject]) {
        foreach ($property in $Value.PSObject.Properties) {
            [void]$parts.Add((ConvertTo-JsonString $property.Name) + ':' + (ConvertTo-JsonText $property.Value ($Depth - 1)))
        }
        return '{' + ($parts -join ',') + '}'
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        foreach ($item in $Value) { [void]$parts.Add((ConvertTo-JsonText $item ($Depth - 1))) }
        return '[' + ($parts -join ',') + ']'
    }
    ConvertTo-JsonString "$Value"
}
