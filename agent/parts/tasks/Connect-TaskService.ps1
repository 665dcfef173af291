# The Task Scheduler. Its COM object is in every Windows; the cmdlets cannot say all that is compared.
function Connect-TaskService {
    $service = New-Object -ComObject Schedule.Service
    $service.Connect()
    $service
}
