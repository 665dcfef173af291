# A line as a request, or $null when it is none: JSON, an object, with a number as its id. A long base64 is kept from the parser, which
# takes longer for it than all else that is done with a block of a file.
function ConvertFrom-RequestLine([string]$Line) {
    $content = [regex]::Match($Line, '(?<="content":")[A-Za-z0-9+/=]{4096,}(?=")')
    $short = if ($content.Success) { $Line.Remove($content.Index, $content.Length) } else { $Line }
    try { $request = ConvertTo-Table (ConvertFrom-Json -InputObject $short) } catch { return $null }
    if ($request -isnot [hashtable]) { return $null }
    if ($content.Success) {
        # It may have been that of a table inside the request.
        if ($request['content'] -ceq '') { $request['content'] = $content.Value }
        else { $request = ConvertTo-Table (ConvertFrom-Json -InputObject $Line) }
    }
    $id = $request['id']
    if ($id -is [int] -or $id -is [long] -or $id -is [double] -or $id -is [decimal]) { return $request }
    $null
}
