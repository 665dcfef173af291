$Calls['Get-DetachedProcess'] = {
    param($Request)
    Get-Run $Request['name']
}
