function Test-Windows { "$([IO.Path]::DirectorySeparatorChar)" -eq '\' }
