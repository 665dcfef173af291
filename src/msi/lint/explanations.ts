/** What each rule asks for, and what a package that breaks it does to its users. The names ICE.. are Microsoft's. */
export const explanations: Readonly<Record<string, string>> = {
  ICE02:
    'The key path of a component is a file or registry value of that component. Windows Installer takes a component for installed when its key path is there: that of another one makes repair and removal go wrong.',
  ICE03:
    'Every value has the form and length that its column asks for, every key is used once, and every reference names a row that is there. Windows Installer refuses such a package, or reads something else out of it.',
  ICE04:
    'No file has a sequence behind the last one of the media: it would be in no cabinet, and the installation ends with error 1334.',
  ICE06:
    'Tables have the columns that are known, all of them, and `_Validation` describes each. Tools that change or merge packages rely on it.',
  ICE07: 'Fonts are installed into FontsFolder, where Windows finds them.',
  ICE08:
    'No two components have one code. Windows counts users of components by code: removing one would keep, or take away, the files of the other.',
  ICE09:
    'Components in the system directory are permanent. What is there may have been taken into use by others, whatever the installer counts.',
  ICE18:
    'A component without a key path has its directory as one, so CreateFolder has to make it. Otherwise the component is never taken for installed, and each use of the product repairs it.',
  ICE20:
    'A package with dialogs has those that Windows Installer calls by itself: FilesInUse, the error dialog with its text, and the last one of each sequence. Otherwise an error ends in nothing being shown.',
  ICE21:
    'Every component is in a feature. It would never be installed; wixl 0.101 does not even put its files into the cabinet.',
  ICE22: 'A published component is in the feature that publishes it.',
  ICE23: 'The tab order of a dialog is one circle from its first control, or keyboards are stuck in it.',
  ICE24:
    'The product has its code, name, manufacturer, language and version, each in the right form. The version is a.b.c up to 255.255.65535: what goes beyond is not compared, and upgrades fail.',
  ICE27:
    'Standard actions stand where they can work: what is needed first comes first, and none that must be there is missing.',
  ICE30:
    'No two files of components without a condition are put to one place: the one that comes last wins, and repair fights over it.',
  ICE33:
    'Classes, programs and types are registered through the tables made for them, so that Windows Installer can repair and advertise them, not through Registry.',
  ICE38:
    'A component in a user profile has a value below HKEY_CURRENT_USER as key path, so that it is installed for each user.',
  ICE43:
    'A component with a shortcut that is not advertised has a value below HKEY_CURRENT_USER as key path; otherwise it comes for the first user alone.',
  ICE45: 'Attributes use no bit that has no meaning: a later Windows may give it one.',
  ICE56:
    'The Directory table is one tree below TARGETDIR with SourceDir. Anything else ends the installation while it counts the space.',
  ICE57:
    'No component has data of one user and of the machine: it cannot be installed rightly for a second user.',
  ICE60:
    'A file with a version names its language (0 for none) and has no hash; a hash is for files without a version. Otherwise Windows Installer asks for the source again at each repair.',
  ICE61:
    'Upgrade looks for versions in order, removes only older ones, and hands its properties on as secure ones.',
  ICE63:
    'RemoveExistingProducts is run, and stands where the old product goes before the new one comes or after it is whole. Elsewhere it takes away files that were just installed; at sequence 1, as wixl 0.101 draws it at random, the old product stays.',
  ICE64:
    'Directories in a user profile are removed through RemoveFile: removal by another user would leave them.',
  ICE69:
    'Formatted texts name files and components that are there, and files of their own component: another one may not be installed.',
  ICE77:
    'Custom actions are where they can do their work: deferred ones inside the transaction, programs that are installed after costing, none after InstallFinalize.',
  ICE80:
    'A 64-bit package says so in its summary, its components are marked as 64-bit ones, and folders of the other kind are left alone. Otherwise Windows puts files and registry values where 32-bit programs look.',
  ICE82: 'No two actions of a sequence have one number: their order would be that of chance.',
  ICE83: 'Assemblies have a key path, and the actions that publish them are run.',
  ICE91: 'A package for all users puts nothing into a profile: only the one who installs would get it.',
  ICE99: 'No directory has the name of a property of Windows Installer, which would take its place.',
  'build-path':
    'No table holds a path of the machine that built the package: it says nothing on another one, and too much of its builder.',
  cabinet:
    'The files in the cabinets are those of the File table, with the same sizes and in the same order, each sequence once. Otherwise the installation ends with error 1334 or 1335.',
  'custom-action':
    'An action that is to run as the system is a deferred one. Without that bit it runs at once, as the user, before anything was changed: wixl 0.101 makes such actions of those for rollback and commit.',
  'file-hash': 'What MsiFileHash says of a file is true: otherwise every repair copies it anew.',
  'file-version':
    'File.Version is the version in the program itself. Where it is empty, a newer program on the disk is kept while the package is costed and removed with the old product: it is missing after an upgrade.',
  'package-code': 'The package code is not the product code: Windows tells packages apart by it.',
  'path-length': 'No path is longer than 240 characters once installed. Windows Installer fails above 260.',
  property:
    'Properties that look like secrets are hidden, or their values are in every log; public ones that are used while installing are secure, or an installation by a user under elevation does not get them.',
  'registry-expand':
    'A registry value with %VARIABLES% is of the type that is expanded (#%). wixl 0.101 writes it as plain text.',
  service:
    'A service is vital, so that an installation without it fails, and its program is the key path of its component, which is what Windows Installer starts.',
};

/** Microsoft's rules that were asked for and have no code, with the reason. */
export const omittedRules: Readonly<Record<string, string>> = {
  ICE01:
    'It only proves that the program which runs the rules of Microsoft works. It says nothing of a package.',
};
