# The answer to a request, whatever is in it; $null stands for a line that was none.
function Invoke-Request($Request) {
    if ($null -eq $Request) {
        $message = 'the line is no request: {"id":NUMBER,"call":"..."}'
        return [ordered]@{ id = $null; error = @{ kind = 'BadRequest'; category = 'ParserError'; message = $message } }
    }
    try {
        $name = "$($Request['call'])"
        if (-not $Calls.ContainsKey($name)) { throw (New-CallError 'UnknownCall' "this agent has no call $name" 'NotImplemented') }
        Assert-Request $Request
        $call = $Calls[$name]
        $result = & $call $Request
        [ordered]@{ id = $Request['id']; result = $result }
    } catch {
        [ordered]@{ id = $Request['id']; error = (ConvertTo-ErrorTable $_) }
    }
}
