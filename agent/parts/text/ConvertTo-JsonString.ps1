# Text as a JSON string in printable ASCII, so that no code page on the way matters.
function ConvertTo-JsonString([string]$Text) {
    if (-not [regex]::IsMatch($Text, '[^\x20\x21\x23-\x5b\x5d-\x7e]')) { return '"' + $Text + '"' }
    $text = $Text.Replace('\', '\\').Replace('"', '\"').Replace("`r", '\r').Replace("`n", '\n').Replace("`t", '\t')
    if ($text -match '[^\x20-\x7e]') {
        $escape = [System.Text.RegularExpressions.MatchEvaluator] { param($match) '\u{0:x4}' -f [int][char]$match.Value }
        $text = [regex]::Replace($text, '[^\x20-\x7e]', $escape)
    }
    '"' + $text + '"'
}
