# What a line asks for; nothing for one that was carried out already, or is not whole. A line of a way that may lose or repeat bytes has a
# mark, its number and its length before the request (docs/reference/nodes/agent-protocol.md); from the first of them on no other counts, and the agent
# numbers its own.
function Select-RequestLine([string]$Line) {
    $start = $Line.LastIndexOf([char]30)
    if ($start -lt 0 -and -not $Agent['numbered']) { return $Line }
    $Agent['numbered'] = $true
    $parts = [regex]::Match($Line.Substring($start + 1), '\A(?:\?(?<ask>\d{1,9})|(?<number>\d{1,9}) (?<length>\d{1,9}) (?<text>.*))\z')
    if ($start -lt 0 -or -not $parts.Success) { return }
    if ($parts.Groups['ask'].Success) { Send-SeenLine ([int]$parts.Groups['ask'].Value); return }
    $number = [int]$parts.Groups['number'].Value
    $text = $parts.Groups['text'].Value
    if ($text.Length -ne [int]$parts.Groups['length'].Value -or $number -le $Agent['seen']) { return }
    # Of what follows a line that is missing nothing is carried out.
    if ($number -gt $Agent['seen'] + 1) { Send-SeenLine 0; return }
    $Agent['seen'] = $number
    $text
}
