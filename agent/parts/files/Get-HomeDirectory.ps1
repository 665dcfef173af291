# C:\ProgramData\oriel, where all of ours is on a node; only administrators can write there (New-RunDirectory makes it so).
function Get-HomeDirectory {
    [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'oriel')
}
