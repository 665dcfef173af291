# What the node itself knows of processes, services and disks it is asked here; the rest is the model's.
$Sources = @{
    Win32_Process = { param($Wanted) Get-ProcessRow $Wanted }
    Win32_Service = { param($Wanted) Get-ServiceRow $Wanted }
    Win32_LogicalDisk = { param($Wanted) Get-DiskRow $Wanted }
}

function Get-Instance($Cmdlet, $Bound) {
    try {
        if ($Bound.ContainsKey('InputObject')) { $Bound['InputObject']; return }
        $query = ConvertTo-Query $Bound
        $rows = @(Get-ClassRow $query['class'] $query['conditions'])
        foreach ($row in $rows) {
            if (-not (Test-Condition $row $query['conditions'])) { continue }
            ConvertTo-SandboxObject $Table (Get-ClassName $query['class']) $row
        }
    } catch { $Cmdlet.WriteError($_) }
}

# The class in the case that the table has, which is that of Windows.
function Get-ClassName([string]$Name) {
    $known = @($Table['types'].Keys | Where-Object { $_ -eq $Name })
    if ($known.Count -gt 0) { return $known[0] }
    $Name
}

function Get-ClassRow([string]$Class, $Conditions) {
    if (-not $Sources.ContainsKey($Class)) { return Invoke-SandboxModel 'Get-CimInstance' @{ ClassName = $Class } }
    # A condition on the key saves looking at all of them.
    $wanted = @{}
    foreach ($condition in $Conditions) { if ($condition['operator'] -eq '=') { $wanted[$condition['property']] = $condition['value'] } }
    & $Sources[$Class] $wanted
}

function ConvertTo-Query($Bound) {
    foreach ($name in 'CimSession', 'ComputerName', 'ResourceUri') {
        if ($Bound.ContainsKey($name)) { throw (New-SandboxError 'NotSupported' 'NotImplemented' "a node of the sandbox takes no -$name") }
    }
    if ($Bound.ContainsKey('Namespace') -and $Bound['Namespace'].Replace('\', '/') -ne 'root/cimv2') {
        throw (New-SandboxError 'HRESULT 0x8004100e' 'InvalidArgument' "Invalid namespace: $($Bound['Namespace'])")
    }
    if (-not $Bound.ContainsKey('Query')) { return @{ class = $Bound['ClassName']; conditions = @(ConvertTo-Condition "$($Bound['Filter'])") } }
    if ($Bound['Query'] -notmatch '^\s*select\s+.+?\s+from\s+(\w+)(?:\s+where\s+(.+))?$') { throw (New-QueryError) }
    $class = $Matches[1]
    $where = ''
    if ($Matches.ContainsKey(2)) { $where = $Matches[2] }
    @{ class = $class; conditions = @(ConvertTo-Condition $where) }
}

function New-QueryError { New-SandboxError 'HRESULT 0x80041017' 'InvalidArgument' 'Invalid query' }

# WQL as far as conditions that are joined by AND.
function ConvertTo-Condition([string]$Filter) {
    if ($Filter.Trim() -eq '') { return }
    $one = "(\w+)\s*(=|<>|!=|>=|<=|>|<|like)\s*('(?:[^'\\]|\\.)*'|`"(?:[^`"\\]|\\.)*`"|-?\d+|true|false|null)"
    if ($Filter -notmatch "^\s*$one(\s+and\s+$one)*\s*$") { throw (New-QueryError) }
    foreach ($match in [regex]::Matches($Filter, $one, 'IgnoreCase')) {
        $text = $match.Groups[3].Value
        if ($text -match '^[''"]') { $text = [regex]::Replace($text.Substring(1, $text.Length - 2), '\\(.)', '$1') }
        @{ property = $match.Groups[1].Value; operator = $match.Groups[2].Value.ToLowerInvariant(); value = $text }
    }
}

function Test-Condition($Row, $Conditions) {
    foreach ($condition in $Conditions) {
        $key = @($Row.Keys | Where-Object { $_ -eq $condition['property'] })
        if ($key.Count -eq 0) { throw (New-QueryError) }
        $value = $Row[$key[0]]
        $wanted = $condition['value']
        $holds = switch ($condition['operator']) {
            '=' { "$value" -eq $wanted }
            'like' { "$value" -like $wanted.Replace('%', '*').Replace('_', '?') }
            '>' { $value -gt [long]$wanted }
            '<' { $value -lt [long]$wanted }
            '>=' { $value -ge [long]$wanted }
            '<=' { $value -le [long]$wanted }
            default { "$value" -ne $wanted }
        }
        if (-not $holds) { return $false }
    }
    $true
}

function Get-ProcessRow($Wanted) {
    # Wine has no session manager: that of the model tells which boot it is.
    if ($Wanted['Name'] -eq 'smss.exe') { return Invoke-SandboxModel 'Get-CimInstance' @{ ClassName = 'Win32_Process' } }
    $all = [Diagnostics.Process]::GetProcesses()
    foreach ($process in $all) {
        if ($Wanted.ContainsKey('ProcessId') -and "$($process.Id)" -ne $Wanted['ProcessId']) { continue }
        # One that ends meanwhile is none.
        try {
            $parent = $process.Parent
            [ordered]@{
                ProcessId = $process.Id
                Handle = "$($process.Id)"
                ParentProcessId = $(if ($null -eq $parent) { 0 } else { $parent.Id })
                Name = "$($process.ProcessName).exe"
                Caption = "$($process.ProcessName).exe"
                CreationDate = $process.StartTime
                ExecutablePath = $process.MainModule.FileName
                SessionId = $process.SessionId
                ThreadCount = $process.Threads.Count
                HandleCount = $process.HandleCount
                WorkingSetSize = $process.WorkingSet64
            }
        } catch { continue } finally { $process.Dispose() }
    }
}

function Get-DiskRow($Wanted) {
    foreach ($drive in [IO.DriveInfo]::GetDrives()) {
        $name = $drive.Name.TrimEnd('\')
        if (-not $drive.IsReady -or ($Wanted.ContainsKey('DeviceID') -and $name -ne $Wanted['DeviceID'])) { continue }
        [ordered]@{
            DeviceID = $name
            Name = $name
            Caption = $name
            DriveType = [int]$drive.DriveType
            FileSystem = $drive.DriveFormat
            VolumeName = $drive.VolumeLabel
            FreeSpace = $drive.AvailableFreeSpace
            Size = $drive.TotalSize
        }
    }
}

foreach ($name in 'Native', 'Service', 'Method') { . ([IO.Path]::Combine($PSScriptRoot, "$name.ps1")) }
