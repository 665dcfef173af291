# Throws BadParameter unless the request has what the schema of the call asks for and nothing else.
function Assert-Request([hashtable]$Request) {
    $call = $Request['call']
    $parameters = $Request.Clone()
    foreach ($name in @('id', 'call')) { $parameters.Remove($name) }
    $problem = Get-TableProblem $parameters (Get-ProtocolSchema 'calls' $call)
    if ($null -ne $problem) { throw (New-CallError 'BadParameter' "${call}: $problem" 'InvalidArgument') }
}
