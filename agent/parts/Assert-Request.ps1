# Throws BadParameter unless the request has what the call asks for and nothing else; gives $null to optional parameters that were left out.
function Assert-Request([hashtable]$Request, [hashtable]$Parameters) {
    $call = $Request['call']
    foreach ($entry in $Request.GetEnumerator()) {
        $name = $entry.Key
        if (@('id', 'call') -notcontains $name -and -not $Parameters.ContainsKey($name)) {
            throw (New-CallError 'BadParameter' "$call has no parameter $name" 'InvalidArgument')
        }
    }
    foreach ($name in $Parameters.Keys) {
        $type = $Parameters[$name].TrimEnd('?')
        if (-not $Request.ContainsKey($name)) {
            if ($Parameters[$name].EndsWith('?')) { $Request[$name] = $null; continue }
            throw (New-CallError 'BadParameter' "$call needs the parameter $name" 'InvalidArgument')
        }
        $value = $Request[$name]
        if (-not (Test-Parameter $value $type)) {
            throw (New-CallError 'BadParameter' "${call}: $name is no valid $type" 'InvalidArgument')
        }
    }
}
