$Calls['Get-MsiProduct'] = {
    param($Request)
    $code = $Request['upgradeCode']
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
