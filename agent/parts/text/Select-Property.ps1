# A table of the named properties; `A.B` is property B of property A. What the object does not have is left out.
function Select-Property($Object, $Names) {
    $row = [ordered]@{}
    foreach ($name in $Names) {
        $value = $Object
        foreach ($part in $name.Split('.')) {
            if ($null -eq $value) { break }
            $property = $value.PSObject.Properties[$part]
            $value = $null
            if ($null -ne $property) { $value = $property.Value }
        }
        if ($null -ne $value) { $row[$name] = $value }
    }
    $row
}
