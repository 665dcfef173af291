# A table of the named properties; `A.B` is property B of property A, and of each where A is a list. What the object does not have is left out.
function Select-Property($Object, $Names) {
    $row = [ordered]@{}
    foreach ($name in $Names) {
        $value = $Object
        foreach ($part in $name.Split('.')) {
            if ($value -is [System.Collections.IList]) { $value = @($value | ForEach-Object { Get-PropertyValue $_ $part }) }
            else { $value = Get-PropertyValue $value $part }
        }
        if ($null -ne $value) { $row[$name] = $value }
    }
    $row
}
