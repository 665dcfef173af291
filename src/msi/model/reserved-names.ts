/** What the compiler sets itself and a model must not. */
export const ownProperties: ReadonlySet<string> = new Set([
  ...['ADDLOCAL', 'AdminProperties', 'ALLUSERS', 'ARPCOMMENTS', 'ARPINSTALLLOCATION', 'INSTALLDIR'],
  ...['Manufacturer', 'MsiHiddenProperties', 'NEWERVERSIONFOUND', 'OLDERVERSIONFOUND', 'ProductCode'],
  ...['ProductLanguage', 'ProductName', 'ProductVersion', 'REINSTALLMODE', 'SecureCustomProperties'],
  ...['UpgradeCode'],
]);

/**
 * Properties by which a caller says what Windows Installer shall do, or by which it tells what it does: in the hands of a package
 * they make every install a removal, a repair or an installation of something else. Source: Windows Installer SDK, "Property Reference".
 */
export const orderProperties: ReadonlySet<string> = new Set([
  ...['ACTION', 'ADDDEFAULT', 'ADDLOCAL', 'ADDSOURCE', 'ADVERTISE', 'AFTERREBOOT', 'COMPADDDEFAULT'],
  ...['COMPADDLOCAL', 'COMPADDSOURCE', 'CustomActionData', 'DATABASE', 'EXECUTEACTION', 'FILEADDDEFAULT'],
  ...['FILEADDLOCAL', 'FILEADDSOURCE', 'Installed', 'MSIINSTALLPERUSER', 'MSINEWINSTANCE', 'MSIPATCHREMOVE'],
  ...['OriginalDatabase', 'PATCH', 'Preselected', 'PRIMARYFOLDER', 'Privileged', 'ProductState', 'REINSTALL'],
  ...['REINSTALLMODE', 'REMOVE', 'RESUME', 'ROOTDRIVE', 'RollbackDisabled', 'SEQUENCE', 'SOURCEDIR'],
  ...['SourceDir', 'TARGETDIR', 'TRANSFORMS', 'TRANSFORMSATSOURCE', 'TRANSFORMSSECURE', 'UILevel'],
  ...['UPGRADINGPRODUCTCODE', 'VersionNT', 'VersionNT64', 'Msix64', 'Intel', 'Time', 'Date'],
]);

/** Other properties of Windows Installer: a package may set them, but a directory of that name would replace them. */
export const settingProperties: ReadonlySet<string> = new Set([
  ...['ARPAUTHORIZEDCDFPREFIX', 'ARPCOMMENTS', 'ARPCONTACT', 'ARPHELPLINK', 'ARPHELPTELEPHONE'],
  ...['ARPINSTALLLOCATION', 'ARPNOMODIFY', 'ARPNOREMOVE', 'ARPNOREPAIR', 'ARPPRODUCTICON', 'ARPREADME'],
  ...['ARPSIZE', 'ARPSYSTEMCOMPONENT', 'ARPURLINFOABOUT', 'ARPURLUPDATEINFO', 'COMPANYNAME', 'USERNAME'],
  ...['DISABLEADVTSHORTCUTS', 'DISABLEMEDIA', 'DISABLEROLLBACK', 'EXECUTEMODE', 'INSTALLLEVEL', 'LIMITUI'],
  ...['LOGACTION', 'LogonUser', 'ComputerName', 'MEDIAPACKAGEPATH', 'MSIDISABLERMRESTART', 'MSIFASTINSTALL'],
  ...['MSIRESTARTMANAGERCONTROL', 'MSIRMSHUTDOWN', 'PIDKEY', 'ProductID', 'PROMPTROLLBACKCOST', 'REBOOT'],
  ...['REBOOTPROMPT', 'SHORTFILENAMES', 'UserSID', 'AdminUser', 'ServicePackLevel', 'WindowsBuild'],
]);

/** Environment variables that are lists of all programs: to set one is to take everything else from it. */
export const sharedLists: ReadonlySet<string> = new Set([
  ...['classpath', 'include', 'lib', 'libpath', 'path', 'pathext', 'psmodulepath', 'pythonpath'],
]);
