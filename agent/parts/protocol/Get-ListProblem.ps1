function Get-ListProblem($Value, [hashtable]$Schema) {
    if ($Value -isnot [array]) { return 'is not a list' }
    if ($Schema.ContainsKey('minItems') -and $Value.Count -lt $Schema['minItems']) { return 'has too few items' }
    foreach ($item in $Value) {
        $problem = Get-ValueProblem $item $Schema['items']
        if ($null -ne $problem) { return "has an item: $problem" }
    }
}
