# Throws BadParameter unless the request has what the schema of the call asks for and nothing else.
function Assert-Request([hashtable]$Request) {
    $call = $Request['call']
    $parameters = $Request.Clone()
    $parameters.Remove('id')
    $parameters.Remove('call')
    $schema = $Protocol['calls'][$call]
    if ($schema -is [string]) { $schema = Read-ProtocolSchema 'calls' $call }
    $problem = Get-TableProblem $parameters $schema
    if ($null -ne $problem) { throw (New-CallError 'BadParameter' "${call}: $problem" 'InvalidArgument') }
}
