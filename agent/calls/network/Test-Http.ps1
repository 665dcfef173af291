$Calls['Test-Http'] = {
    param($Request)
    try { $url = New-Object Uri $Request['url'] } catch { $url = $null }
    if ($null -eq $url -or @('http', 'https') -notcontains $url.Scheme) {
        throw (New-CallError 'BadParameter' "$($Request['url']) is no web address" 'InvalidArgument')
    }
    $web = [Net.WebRequest]::Create($url)
    $web.Proxy = $null
    $web.AllowAutoRedirect = $false
    $web.KeepAlive = $false
    $web.Timeout = [int]($Request['timeout'] * 1000)
    $web.ReadWriteTimeout = $web.Timeout
    try {
        try { $response = $web.GetResponse() }
        catch [Net.WebException] {
            $failure = $_.Exception.GetBaseException()
            # A status of failure is an exception too, and has its response with it.
            $response = Get-WebResponse $_.Exception
            if ($null -eq $response) { return [ordered]@{ ok = $false; error = $failure.Message } }
        }
        $status = [int]$response.StatusCode
        [ordered]@{ ok = $status -ge 200 -and $status -le 299; status = $status; body = Read-WebBody $response 4096 }
    } catch [IO.IOException], [Net.WebException] {
        [ordered]@{ ok = $false; error = $_.Exception.GetBaseException().Message }
    } finally { $web.Abort() }
}
