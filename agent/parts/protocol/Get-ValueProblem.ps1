# What is wrong with a value by its schema, or nothing: what agent/protocol.schema.json uses of JSON Schema. Nothing is converted: PowerShell
# would make text of a number and one text of a list.
function Get-ValueProblem($Value, [hashtable]$Schema) {
    if ($Schema.ContainsKey('$ref')) {
        $definition = $Protocol['definitions'][$Schema['$ref']]
        if ($definition -is [string]) { $definition = Read-ProtocolSchema 'definitions' $Schema['$ref'] }
        if ($null -ne (Get-ValueProblem $Value $definition)) { "is not a valid $($definition['title'])" }
        return
    }
    if ($Schema.ContainsKey('anyOf')) {
        foreach ($each in $Schema['anyOf']) { if ($null -eq (Get-ValueProblem $Value $each)) { return } }
        return 'is of none of the types that it may have'
    }
    if ($Schema.ContainsKey('enum')) {
        if ($Value -isnot [string] -or $Schema['enum'] -cnotcontains $Value) { "is not one of $($Schema['enum'] -join ', ')" }
        return
    }
    $integer = $Value -is [int] -or $Value -is [long]
    switch ($Schema['type']) {
        'string' { return Get-TextProblem $Value $Schema }
        'boolean' { if ($Value -isnot [bool]) { 'is not true or false' }; return }
        'integer' { if ($integer) { return Get-RangeProblem $Value $Schema }; return 'is not a whole number' }
        'number' {
            if ($integer -or $Value -is [double] -or $Value -is [decimal]) { return Get-RangeProblem $Value $Schema }
            return 'is not a number'
        }
        'array' { return Get-ListProblem $Value $Schema }
        'object' { return Get-TableProblem $Value $Schema }
    }
    throw (New-CallError 'UnknownType' "no parameter can be of type $($Schema['type'])")
}
