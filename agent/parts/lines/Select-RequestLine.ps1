# What a line asks for; nothing for one that was carried out already, or is not whole. A line of a way that may lose or repeat bytes has a
# mark, its number and its length before the request (docs/reference/nodes/agent-protocol.md); from the first of them on no other counts, and the agent
# numbers its own.
function Select-RequestLine([string]$Line) {
    $start = $Line.LastIndexOf([char]30)
    if ($start -lt 0 -and -not $Agent['numbered']) { return $Line }
    $Agent['numbered'] = $true
    # The beginning alone goes through an expression: what follows may be a block of a file.
    $head = $Line.Substring($start + 1, [Math]::Min(20, $Line.Length - $start - 1))
    $parts = [regex]::Match($head, '\A(?:\?(?<ask>\d{1,9})\z|(?<number>\d{1,9}) (?<length>\d{1,9}) )')
    if ($start -lt 0 -or -not $parts.Success) { return }
    if ($parts.Groups['ask'].Success) { Send-SeenLine ([int]$parts.Groups['ask'].Value); return }
    $number = [int]$parts.Groups['number'].Value
    $text = $Line.Substring($start + 1 + $parts.Length)
    if ($text.Length -ne [int]$parts.Groups['length'].Value -or $number -le $Agent['seen']) { return }
    # Of what follows a line that is missing nothing is carried out.
    if ($number -gt $Agent['seen'] + 1) { Send-SeenLine 0; return }
    $Agent['seen'] = $number
    $text
}
