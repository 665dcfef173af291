function Get-RangeProblem($Value, [hashtable]$Schema) {
    if ($Schema.ContainsKey('minimum') -and $Value -lt $Schema['minimum']) { return "is less than $($Schema['minimum'])" }
    if ($Schema.ContainsKey('maximum') -and $Value -gt $Schema['maximum']) { return "is more than $($Schema['maximum'])" }
    if ($Schema.ContainsKey('exclusiveMinimum') -and $Value -le $Schema['exclusiveMinimum']) { "is not more than $($Schema['exclusiveMinimum'])" }
}
