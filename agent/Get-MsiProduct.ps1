$Calls['Get-MsiProduct'] = @{
    parameters = @{ upgradeCode = 'string' }
    run = {
        param($Request)
        $code = $Request['upgradeCode']
        if ($code -notmatch '^\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}\z') {
            throw (New-CallError 'BadParameter' "$code is no upgrade code" 'InvalidArgument')
        }
        $installer = New-Object -ComObject WindowsInstaller.Installer
        $products = @(foreach ($product in (Get-ComProperty $installer 'RelatedProducts' $code)) {
            [ordered]@{
                productCode = "$product"
                version = "$(Get-ComProperty $installer 'ProductInfo' $product, 'VersionString')"
                name = "$(Get-ComProperty $installer 'ProductInfo' $product, 'ProductName')"
                installLocation = "$(Get-ComProperty $installer 'ProductInfo' $product, 'InstallLocation')"
            }
        })
        @{ products = $products }
    }
}
