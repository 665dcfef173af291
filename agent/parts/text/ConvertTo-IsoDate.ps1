function ConvertTo-IsoDate([datetime]$Date) {
    $Date.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture)
}
