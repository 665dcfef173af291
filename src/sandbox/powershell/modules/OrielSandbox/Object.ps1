# The enumerations of a table, in an assembly of their own, where no earlier import has defined them.
function Add-SandboxEnumeration($Table) {
    $prefix = $Table['enumerationsOf']
    $new = @($Table['enumerations'].Keys | Where-Object { $null -eq ("$prefix.$_" -as [type]) })
    if ($new.Count -eq 0) { return }
    $name = New-Object System.Reflection.AssemblyName "OrielSandbox.$prefix"
    $module = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($name, 'Run').DefineDynamicModule('types')
    $flags = New-Object System.Reflection.Emit.CustomAttributeBuilder ([FlagsAttribute].GetConstructor(@())), @()
    foreach ($each in $new) {
        $enumeration = $module.DefineEnum("$prefix.$each", 'Public', [int])
        foreach ($value in $Table['enumerations'][$each].GetEnumerator()) { [void]$enumeration.DefineLiteral($value.Key, [int]$value.Value) }
        if ($Table['flags'] -contains $each) { $enumeration.SetCustomAttribute($flags) }
        [void]$enumeration.CreateType()
    }
}

# A row of the model as an object of this type of the table: with the names of the real type, and properties of the real types.
function ConvertTo-SandboxObject($Table, [string]$Type, $Row) {
    $types = @{}
    if ($Table['types'].ContainsKey($Type)) { $types = $Table['types'][$Type] }
    $object = New-Object psobject
    foreach ($entry in $Row.GetEnumerator()) {
        $value = ConvertTo-SandboxValue $Table "$($types[$entry.Key])" $entry.Value
        $object.PSObject.Properties.Add((New-Object psnoteproperty $entry.Key, $value))
    }
    foreach ($name in Get-SandboxTypeName $Table $Type) { $object.PSObject.TypeNames.Insert(0, $name) }
    $object
}

# The last one is the first that the object is then. A name with a dot is one of .NET, any other a class of CIM in the namespace of the table.
function Get-SandboxTypeName($Table, [string]$Type) {
    if ($Type -eq '') { return }
    if ($Type.Contains('.')) { return $Type }
    $instance = 'Microsoft.Management.Infrastructure.CimInstance'
    $instance
    "$instance#$Type"
    if ($Table['namespace'] -ne '') { "$instance#$($Table['namespace'])/$Type" }
}

# A value as the type that the table names: an enumeration or a type of the table, or one of .NET. Nothing stays nothing.
function ConvertTo-SandboxValue($Table, [string]$Type, $Value) {
    if ($null -eq $Value) { return $null }
    if ($Type.EndsWith('[]')) {
        $item = $Type.Substring(0, $Type.Length - 2)
        return , @(foreach ($each in $Value) { ConvertTo-SandboxValue $Table $item $each })
    }
    if ($Type -eq '') {
        if ($Value -is [System.Collections.IDictionary]) { return ConvertTo-SandboxObject $Table '' $Value }
        if ($Value -is [array]) { return , @(foreach ($each in $Value) { ConvertTo-SandboxValue $Table '' $each }) }
        return $Value
    }
    if ($Table['types'].ContainsKey($Type)) { return ConvertTo-SandboxObject $Table $Type $Value }
    if ($Table['enumerations'].ContainsKey($Type)) { return "$Value" -as "$($Table['enumerationsOf']).$Type" }
    # Dates of the model are ISO 8601; objects have them in local time, as those of CIM do.
    if ($Type -eq 'datetime') { return [datetime]::Parse($Value, [cultureinfo]::InvariantCulture) }
    if ($Type -eq 'timespan') { return [System.Xml.XmlConvert]::ToTimeSpan($Value) }
    $Value -as $Type
}
