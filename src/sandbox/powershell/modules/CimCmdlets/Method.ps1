# The methods that the sandbox has: CLASS.METHOD gives the properties of the result.
$Methods = @{
    'Win32_Process.Create' = { param($Instance, $Arguments) New-Process $Arguments }
    'Win32_Service.Change' = { param($Instance, $Arguments) @{ ReturnValue = Set-ServiceLogon $Instance.Name $Arguments } }
    'Win32_OperatingSystem.Reboot' = {
        param($Instance, $Arguments)
        [void](Invoke-SandboxModel 'Restart-Computer' @{})
        @{ ReturnValue = 0 }
    }
}

function Invoke-Method($Cmdlet, $Bound) {
    try {
        $class = "$($Bound['ClassName'])"
        $instance = $null
        if ($Bound.ContainsKey('InputObject')) {
            $instance = $Bound['InputObject']
            $class = $instance.PSObject.TypeNames[0].Split('/')[-1]
        }
        $arguments = @{}
        if ($Bound.ContainsKey('Arguments')) { $arguments = $Bound['Arguments'] }
        $name = "$class.$($Bound['MethodName'])"
        if (-not $Methods.ContainsKey($name)) { throw (New-SandboxError 'HRESULT 0x80041055' 'InvalidOperation' "This method is not implemented: $name") }
        if (-not $Cmdlet.ShouldProcess($name)) { return }
        $result = ConvertTo-SandboxObject $Table 'Microsoft.Management.Infrastructure.CimMethodResult' (& $Methods[$name] $instance $arguments)
        $result.PSObject.Properties.Add((New-Object psnoteproperty 'PSComputerName', $null))
        $result
    } catch { $Cmdlet.WriteError($_) }
}

# Windows Management starts a process that is no child of this one; here it is the sandbox that does.
function New-Process($Arguments) {
    $before = @([Diagnostics.Process]::GetProcesses() | ForEach-Object { $_.Id })
    $asked = @{ ClassName = 'Win32_Process'; MethodName = 'Create'; Arguments = @{ CommandLine = "$($Arguments['CommandLine'])" } }
    if ($Arguments['CurrentDirectory']) { $asked['Arguments']['CurrentDirectory'] = "$($Arguments['CurrentDirectory'])" }
    $row = @(Invoke-SandboxModel 'Invoke-CimMethod' $asked)[0]
    $result = [ordered]@{ ProcessId = $null; ReturnValue = [uint32]$row['ReturnValue'] }
    if ($row['ReturnValue'] -ne 0) { return $result }
    # The sandbox does not know its number; of what is new, the youngest one of that name has it.
    $new = @([Diagnostics.Process]::GetProcessesByName($row['Name']) | Where-Object { $before -notcontains $_.Id } | Sort-Object StartTime)
    if ($new.Count -gt 0) { $result['ProcessId'] = [uint32]$new[-1].Id }
    $result
}
