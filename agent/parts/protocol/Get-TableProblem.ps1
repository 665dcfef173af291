# Of keys that the schema does not name, `additionalProperties` says what they hold (a schema), or that there are none ($false).
function Get-TableProblem($Value, [hashtable]$Schema) {
    if ($Value -isnot [hashtable]) { return 'is not an object' }
    foreach ($name in $Schema['required']) { if (-not $Value.ContainsKey($name)) { return "$name is missing" } }
    $known = $Schema['properties']
    $other = $Schema['additionalProperties']
    foreach ($entry in $Value.GetEnumerator()) {
        $rule = $other
        if ($null -ne $known -and $known.ContainsKey($entry.Key)) { $rule = $known[$entry.Key] }
        if ($rule -is [bool]) { return "$($entry.Key) is not known" }
        if ($null -eq $rule) { continue }
        $problem = Get-ValueProblem $entry.Value $rule
        if ($null -ne $problem) { return "$($entry.Key) $problem" }
    }
}
