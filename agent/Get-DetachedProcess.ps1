$Calls['Get-DetachedProcess'] = @{
    parameters = @{ name = 'run' }
    run = {
        param($Request)
        Get-Run $Request['name']
    }
}
