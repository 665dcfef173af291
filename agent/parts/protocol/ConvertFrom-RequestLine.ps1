# A line as a request, or $null when it is none: JSON, an object, with a number as its id. A long `content` is kept from the parser, which
# takes longer for it than all else that is done with a block of a file: where nothing is escaped, a text is what its quotation marks hold.
function ConvertFrom-RequestLine([string]$Line) {
    $key = '"content":"'
    $start = $Line.IndexOf($key, [StringComparison]::Ordinal)
    $content = ''
    if ($start -ge 0) {
        $start += $key.Length
        $length = $Line.IndexOf([char]'"', $start) - $start
        if ($length -ge 4096 -and $Line.IndexOf([char]'\', $start, $length) -lt 0) { $content = $Line.Substring($start, $length) }
    }
    $short = if ($content -ne '') { $Line.Remove($start, $content.Length) } else { $Line }
    try { $request = ConvertTo-Table (ConvertFrom-Json -InputObject $short) } catch { return $null }
    if ($request -isnot [hashtable]) { return $null }
    if ($content -ne '') {
        # It may have been that of a table inside the request.
        if ($request['content'] -ceq '') { $request['content'] = $content }
        else { $request = ConvertTo-Table (ConvertFrom-Json -InputObject $Line) }
    }
    $id = $request['id']
    if ($id -is [int] -or $id -is [long] -or $id -is [double] -or $id -is [decimal]) { return $request }
    $null
}
