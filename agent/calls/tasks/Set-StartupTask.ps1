$Calls['Set-StartupTask'] = {
    param($Request)
    $sid = (Resolve-Account $Request['account']).Value
    $service = Connect-TaskService
    $definition = $service.NewTask(0)
    $definition.RegistrationInfo.Author = 'oriel'
    $settings = $definition.Settings
    $settings.Enabled = $true
    $settings.ExecutionTimeLimit = $Request['limit']
    # Windows takes it away when its trigger is over; to remove a task that runs would end what it runs.
    $settings.DeleteExpiredTaskAfter = 'PT0S'
    # 2: one that runs still is not started again.
    $settings.MultipleInstances = 2
    $settings.DisallowStartIfOnBatteries = $false
    $settings.StopIfGoingOnBatteries = $false
    # 8: when Windows starts. 0: a program. 1: with all rights that the account has.
    $trigger = $definition.Triggers.Create(8)
    $trigger.EndBoundary = $Request['until']
    $action = $definition.Actions.Create(0)
    $action.Path = $Request['program']
    $action.Arguments = $Request['arguments']
    $action.WorkingDirectory = $Request['directory']
    $definition.Principal.RunLevel = 1
    Register-Task $service $Request['name'] $definition $sid $null
}
