# Wine has no Task Scheduler: objects with the members of its COM objects that the agent uses, over the tasks that the sandbox keeps.
class SandboxTasks : Collections.Generic.List[object] {
    hidden [type]$Makes
    SandboxTasks([type]$Makes) { $this.Makes = $Makes }
    [object] Create([int]$Type) {
        $made = $this.Makes::new()
        $made.Type = $Type
        $this.Add($made)
        return $made
    }
}
class SandboxTaskTrigger {
    [int]$Type
    [bool]$Enabled = $true
    [string]$StartBoundary
    [string]$EndBoundary
    [int]$DaysInterval = 1
    $Repetition = [pscustomobject]@{ Interval = ''; Duration = '' }
}
class SandboxTaskAction {
    [int]$Type
    [string]$Path
    [string]$Arguments
    [string]$WorkingDirectory
}
class SandboxTaskDefinition {
    $RegistrationInfo = [pscustomobject]@{ Author = '' }
    $Principal = [pscustomobject]@{ UserId = ''; LogonType = 0; RunLevel = 0 }
    $Settings = [pscustomobject]@{
        Enabled = $true; ExecutionTimeLimit = 'PT72H'; MultipleInstances = 2; StartWhenAvailable = $false
        DisallowStartIfOnBatteries = $true; StopIfGoingOnBatteries = $true; DeleteExpiredTaskAfter = ''
    }
    [SandboxTasks]$Triggers = [SandboxTasks]::new([SandboxTaskTrigger])
    [SandboxTasks]$Actions = [SandboxTasks]::new([SandboxTaskAction])
}
class SandboxTask {
    [string]$Name
    [bool]$Enabled
    [SandboxTaskDefinition]$Definition
    [void] Stop([int]$Flags) { Invoke-SandboxModel 'Stop-SandboxTask' @{ Name = $this.Name } }
    [object] Run([object]$Parameters) { Invoke-SandboxModel 'Start-SandboxTask' @{ Name = $this.Name }; return $null }
}
class SandboxTaskFolder {
    [string]$Name
    [object] GetFolders([int]$Flags) {
        if ($this.Name -ne '\' -or @(Invoke-SandboxModel 'Get-SandboxTask' @{}).Count -eq 0) { return @() }
        return @([SandboxTaskFolder]@{ Name = 'oriel' })
    }
    [object] CreateFolder([string]$Path) { return [SandboxTaskFolder]@{ Name = $Path } }
    # There is none without tasks.
    [void] DeleteFolder([string]$Path, [int]$Flags) { }
    [object] GetTasks([int]$Flags) { return @(Invoke-SandboxModel 'Get-SandboxTask' @{} | ForEach-Object { ConvertTo-SandboxTask $_ }) }
    [void] DeleteTask([string]$Task, [int]$Flags) { Invoke-SandboxModel 'Remove-SandboxTask' @{ Name = $Task } }
    [object] RegisterTaskDefinition([string]$Task, [object]$Definition, [int]$Flags, [object]$User, [object]$Password, [int]$Logon) {
        $state = ConvertFrom-SandboxTask $Definition "$User" $Logon
        Invoke-SandboxModel 'Set-SandboxTask' @{ Name = $Task; State = $state }
        return $null
    }
}
class SandboxTaskService {
    [object] GetFolder([string]$Path) { return [SandboxTaskFolder]@{ Name = $Path } }
    [object] NewTask([int]$Flags) { return [SandboxTaskDefinition]::new() }
}

# Logons of the Task Scheduler: 1 by password, 5 as an account of Windows itself.
function ConvertTo-SandboxTask($Row) {
    $state = $Row['State']
    $definition = [SandboxTaskDefinition]::new()
    $definition.Principal.UserId = $state['account']
    $definition.Principal.LogonType = @{ Password = 1; ServiceAccount = 5 }[$state['logon']]
    $definition.Settings.ExecutionTimeLimit = $state['limit']
    foreach ($each in $state['actions']) {
        $action = $definition.Actions.Create(0)
        $action.Path = $each['program']
        $action.Arguments = $each['arguments']
    }
    # Of one that is not for every day nothing is told: it is for a start of Windows.
    foreach ($each in $state['triggers']) {
        if ($null -eq $each['start']) { [void]$definition.Triggers.Create(8); continue }
        $trigger = $definition.Triggers.Create(2)
        $trigger.StartBoundary = $each['start']
        $trigger.Repetition.Interval = "$($each['interval'])"
    }
    [SandboxTask]@{ Name = $Row['Name']; Enabled = $state['enabled']; Definition = $definition }
}

function ConvertFrom-SandboxTask($Definition, [string]$User, [int]$Logon) {
    [ordered]@{
        exists = $true
        enabled = [bool]$Definition.Settings.Enabled
        account = Get-AccountName (Resolve-Account $User)
        logon = @{ 1 = 'Password'; 5 = 'ServiceAccount' }[$Logon]
        limit = $Definition.Settings.ExecutionTimeLimit
        actions = @(foreach ($each in $Definition.Actions) { @{ program = $each.Path; arguments = $each.Arguments } })
        triggers = @(foreach ($each in $Definition.Triggers) {
            $trigger = @{}
            if ($each.Type -eq 2) { $trigger['start'] = $each.StartBoundary }
            if ($each.Repetition.Interval -ne '') { $trigger['interval'] = $each.Repetition.Interval }
            $trigger
        })
    }
}

function Connect-TaskService { [SandboxTaskService]::new() }
