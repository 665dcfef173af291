# What ConvertFrom-Json gives, with tables in place of objects: tables can be splatted and asked for what they do not have.
# PowerShell 6 and later reads text that looks like a date as a date; it becomes text again.
function ConvertTo-Table($Value) {
    if ($Value -is [datetime]) { return ConvertTo-IsoDate $Value }
    if ($Value -is [System.Collections.IList]) {
        $list = New-Object System.Collections.ArrayList
        foreach ($item in $Value) { [void]$list.Add((ConvertTo-Table $item)) }
        return , $list.ToArray()
    }
    if ($Value -isnot [System.Management.Automation.PSCustomObject]) { return $Value }
    $table = @{}
    foreach ($property in $Value.PSObject.Properties) {
        $each = $property.Value
        # Most values are text; a call for each of them is most of what a request costs.
        if ($each -isnot [string]) { $each = ConvertTo-Table $each }
        $table[$property.Name] = $each
    }
    $table
}
