# The functions of Windows that no class of .NET calls, made when they are needed: a compiler would take a second.
function Get-Native {
    if ($null -ne $script:Native) { return $script:Native }
    $name = New-Object System.Reflection.AssemblyName 'OrielSandbox.Native'
    $module = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($name, 'Run').DefineDynamicModule('types')
    $type = $module.DefineType('OrielSandbox.Native', 'Public, Class, Abstract, Sealed')
    $functions = @(
        @('OpenSCManagerW', [IntPtr], @([IntPtr], [IntPtr], [uint32])),
        @('OpenServiceW', [IntPtr], @([IntPtr], [string], [uint32])),
        @('CloseServiceHandle', [bool], @(, [IntPtr])),
        @('QueryServiceStatusEx', [bool], @([IntPtr], [int], [byte[]], [int], [int].MakeByRefType())),
        @('QueryServiceConfigW', [bool], @([IntPtr], [IntPtr], [int], [int].MakeByRefType())),
        @('ChangeServiceConfigW', [bool], @([IntPtr], [uint32], [uint32], [uint32], [IntPtr], [IntPtr], [IntPtr], [IntPtr], [string], [string], [IntPtr]))
    )
    foreach ($each in $functions) { Add-NativeFunction $type 'advapi32.dll' $each[0] $each[1] $each[2] }
    Add-NativeFunction $type 'kernel32.dll' 'GetLastError' ([uint32]) @()
    $script:Native = $type.CreateType()
    $script:Native
}

function Add-NativeFunction($Type, [string]$Library, [string]$Name, [type]$Returns, [type[]]$Parameters) {
    $method = $Type.DefinePInvokeMethod($Name, $Library, 'Public, Static, PinvokeImpl', 'Standard', $Returns, $Parameters, 'Winapi', 'Unicode')
    $method.SetImplementationFlags('PreserveSig')
}

$script:Native = $null
