$Calls['Set-ServiceAccount'] = {
    param($Request)
    $name = $Request['name']
    Assert-Service $name
    $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='$name'"
    # Accounts of Windows itself and managed ones have no password: an empty one stands for none.
    $arguments = @{ StartName = $Request['account']; StartPassword = "$($Request['password'])" }
    $code = (Invoke-CimMethod -InputObject $service -MethodName Change -Arguments $arguments).ReturnValue
    if ($code -eq 0) { return }
    $words = @{ 2 = 'access is denied'; 15 = 'it may not log on as a service'; 22 = 'there is no such account, or the password is wrong' }
    $why = "code $code"
    if ($words.ContainsKey([int]$code)) { $why = $words[[int]$code] }
    throw (New-CallError 'ServiceFailed' "$name does not get the account $($Request['account']): $why" 'InvalidResult')
}
