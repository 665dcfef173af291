# Where a detached process has its files, C:\ProgramData\oriel\runs\NAME.
function Get-RunDirectory([string]$Name) {
    [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'oriel', 'runs', $Name)
}
