# A property of an object, or nothing where it has none of that name; a list stays a list.
function Get-PropertyValue($Object, [string]$Name) {
    if ($null -eq $Object) { return }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property -or $null -eq $property.Value) { return }
    , $property.Value
}
