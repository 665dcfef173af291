# A property of a COM object that takes arguments: the installer has no type information by which PowerShell could find it.
function Get-ComProperty($Object, [string]$Name, [string[]]$Arguments) {
    , $Object.GetType().InvokeMember($Name, [Reflection.BindingFlags]::GetProperty, $null, $Object, [object[]]$Arguments)
}
