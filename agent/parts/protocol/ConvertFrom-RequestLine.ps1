# A line as a request, or $null when it is none: JSON, an object, with a number as its id.
function ConvertFrom-RequestLine([string]$Line) {
    try { $request = ConvertTo-Table (ConvertFrom-Json -InputObject $Line) } catch { return $null }
    if ($request -isnot [hashtable] -or $null -ne (Get-ValueProblem $request['id'] @{ type = 'number' })) { return $null }
    $request
}
