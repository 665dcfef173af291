$Calls['Set-DailyTask'] = {
    param($Request)
    $sid = (Resolve-Account $Request['account']).Value
    $service = Connect-TaskService
    $definition = $service.NewTask(0)
    $definition.RegistrationInfo.Author = 'oriel'
    $settings = $definition.Settings
    $settings.Enabled = $true
    $settings.ExecutionTimeLimit = $Request['limit']
    # 2: one that runs still is not started again. What a node missed while it was off is done when it is on.
    $settings.MultipleInstances = 2
    $settings.StartWhenAvailable = $true
    $settings.DisallowStartIfOnBatteries = $false
    $settings.StopIfGoingOnBatteries = $false
    # 2: every day. 0: a program. 1: with all rights that the account has.
    $trigger = $definition.Triggers.Create(2)
    $trigger.StartBoundary = $Request['start']
    $trigger.DaysInterval = 1
    if ($null -ne $Request['interval']) {
        $trigger.Repetition.Interval = $Request['interval']
        $trigger.Repetition.Duration = 'P1D'
    }
    $action = $definition.Actions.Create(0)
    $action.Path = $Request['program']
    $action.Arguments = $Request['arguments']
    $definition.Principal.RunLevel = 1
    Register-Task $service $Request['name'] $definition $sid $Request['password']
}
