# Bytes as text: by their byte order mark, else as UTF-8, else (they are no UTF-8) by the code page of the system.
function ConvertFrom-TextBytes([byte[]]$Bytes) {
    if ($Bytes.Length -ge 2 -and $Bytes[0] -eq 0xFF -and $Bytes[1] -eq 0xFE) {
        return [Text.Encoding]::Unicode.GetString($Bytes, 2, $Bytes.Length - 2)
    }
    if ($Bytes.Length -ge 2 -and $Bytes[0] -eq 0xFE -and $Bytes[1] -eq 0xFF) {
        return [Text.Encoding]::BigEndianUnicode.GetString($Bytes, 2, $Bytes.Length - 2)
    }
    $strict = New-Object Text.UTF8Encoding $false, $true
    try { $text = $strict.GetString($Bytes) }
    # 0: the code page of the system. Default is that on .NET Framework alone.
    catch { $text = [Text.Encoding]::GetEncoding(0).GetString($Bytes) }
    $text.TrimStart([char]0xFEFF)
}
