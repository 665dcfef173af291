# A line as a request, or $null when it is none: JSON, an object, with a number as its id.
function ConvertFrom-RequestLine([string]$Line) {
    try { $request = ConvertTo-Table (ConvertFrom-Json -InputObject $Line) } catch { return $null }
    if ($request -isnot [hashtable]) { return $null }
    $id = $request['id']
    if ($id -is [int] -or $id -is [long] -or $id -is [double] -or $id -is [decimal]) { return $request }
    $null
}
