/** The demand of each rule, and the damage that a package does which breaks it. The names ICE.. are Microsoft's. */
export const explanations: Readonly<Record<string, string>> = {
  ICE02:
    'The key path of a component is a file or registry value of that component. Windows Installer takes a component for installed when its key path exists. The key path of another component breaks repair and removal.',
  ICE03:
    'Every value has the form and length of its column. Every key is used once. Every reference names an existing row. Otherwise Windows Installer refuses the package or misreads it.',
  ICE04:
    'No file has a sequence behind the last one of the media: otherwise it is in no cabinet, and the installation ends with error 1334.',
  ICE06:
    '`_Validation` describes every column of the tables, and no others. Tools that change or merge packages rely on it.',
  ICE07: 'Fonts are installed into FontsFolder, where Windows finds them.',
  ICE08:
    'No two components have one code. Windows counts users of components by code: the removal of one would keep, or remove, the files of the other.',
  ICE09:
    'Components in the system directory are permanent. Other programs may use the files there, and the installer does not count them.',
  ICE13:
    'Dialogs are in the sequences of the user interface alone. In another one Windows Installer ends with error 2762.',
  ICE17:
    'Every button does something, every picture is in Binary, and every list has choices. Otherwise a page has a dead control, or does not open.',
  ICE18:
    'A component without a key path has its directory as one, so CreateFolder has to create it. Otherwise the component never counts as installed, and each use of the product repairs it.',
  ICE20:
    'A package with dialogs has those that Windows Installer calls by itself: FilesInUse, the error dialog with its text, and the last one of each sequence. Otherwise an error shows nothing.',
  ICE21:
    'Every component is in a feature. Otherwise it is never installed; wixl 0.101 does not even put its files into the cabinet.',
  ICE22: 'A published component is in the feature that publishes it.',
  ICE23:
    'The tab order of a dialog is one circle from its first control. Otherwise keyboard users are stuck.',
  ICE24:
    'The product has its code, name, manufacturer, language and version, each in the right form. The version is a.b.c up to 255.255.65535. Windows does not compare larger numbers, and upgrades fail.',
  ICE27:
    'Standard actions are in a working order: each comes after the actions that it needs, and no required action is missing.',
  ICE30:
    'No two files of components without a condition have one target: the last one wins, and repair alternates between them.',
  ICE31:
    'Every text style that a text uses is in TextStyle. Otherwise Windows Installer reports error 2870 and shows another font.',
  ICE34:
    'A group of radio buttons has a property with the value of one of its buttons. Otherwise nothing is chosen at first.',
  ICE33:
    'Classes, programs and types are registered through their own tables, not through Registry, so that Windows Installer can repair and advertise them.',
  ICE38:
    'A component in a user profile has a value below HKEY_CURRENT_USER as key path, so that it is installed for each user.',
  ICE43:
    'A component with a shortcut that is not advertised has a value below HKEY_CURRENT_USER as key path; otherwise only the first user gets it.',
  ICE44: 'A control leads to dialogs that exist. Otherwise its press ends the installation with error 2803.',
  ICE46: 'A property has one spelling everywhere: Windows Installer tells capitals from small letters.',
  ICE45: 'Attributes use no bit without a meaning: a later Windows may give it one.',
  ICE56:
    'The Directory table is one tree below TARGETDIR with SourceDir. Anything else ends the installation during costing.',
  ICE57:
    'No component has data of a user and of the machine: it cannot be installed correctly for a second user.',
  ICE60:
    'A file with a version names its language (0 for none) and has no hash; a hash is for files without a version. Otherwise Windows Installer asks for the source again at each repair.',
  ICE61:
    'Upgrade looks for versions in order, removes only older ones, and hands its properties on as secure ones.',
  ICE63:
    'RemoveExistingProducts runs, before the new product is installed or after it is complete. Elsewhere it removes new files. At sequence 1 (a random choice of wixl 0.101) the old product stays.',
  ICE64:
    'Directories in a user profile are removed through RemoveFile: otherwise a removal by another user leaves them.',
  ICE69:
    'Formatted texts name existing files and components, and files of their own component: another one may not be installed.',
  ICE77: 'Deferred custom actions are inside the transaction, between InstallInitialize and InstallFinalize.',
  ICE80:
    'A 64-bit package says so in its summary, marks its components as 64-bit, and uses no 32-bit folders. Otherwise Windows puts files and registry values into the places of 32-bit programs.',
  ICE82: 'No two actions of a sequence have one number: otherwise their order is random.',
  ICE83: 'Assemblies have a key path, and the actions that publish them run.',
  ICE91: 'A package for all users puts nothing into a profile: only the user who installs would get it.',
  ICE99:
    'No directory has the name of a property of Windows Installer, because it would replace the property.',
  'access-key':
    'The controls of a dialog have different access keys. Otherwise the keyboard reaches only one of them at once.',
  'build-path':
    'No table holds a path of the machine that built the package: the path is useless elsewhere, and reveals the builder.',
  cabinet:
    'The files in the cabinets are those of the File table, with the same sizes and in the same order, each sequence once. Otherwise the installation ends with error 1334 or 1335.',
  'custom-action':
    'An action that runs an installed file comes after costing. An action that has to run as the system is a deferred one. Without that bit it runs at once, as the user, before any change. wixl 0.101 writes rollback and commit actions that way.',
  'file-hash': 'The hash in MsiFileHash is that of the file. Otherwise every repair copies the file again.',
  'file-version':
    'File.Version is the version in the program itself. If it is empty, costing keeps a newer program on the disk, and the removal of the old product then deletes it. The program is missing after an upgrade.',
  environment:
    'Variables such as PATH, PATHEXT and PSModulePath are lists of all programs. A package only adds to them, with [~]. Otherwise it replaces the list, and its removal deletes it.',
  'package-code': 'The package code is not the product code: Windows tells packages apart by it.',
  'path-length': 'No path is longer than 240 characters once installed. Windows Installer fails above 260.',
  property:
    'Properties that look like secrets are hidden; otherwise their values are in every log. Public properties that the installation uses are secure; otherwise an elevated installation by a user does not get them.',
  'quoted-directory':
    'No directory stands directly in front of a quote: it ends with a backslash, which escapes the quote. Write "[INSTALLDIR].".',
  'registry-expand':
    'A registry value with %VARIABLES% has the type that Windows expands (#%). wixl 0.101 writes it as plain text.',
  service:
    'A service is vital, so that an installation without it fails. Its program is the key path of its component, because Windows Installer starts the key path.',
  'summary-codepage':
    'The summary information has an ANSI code page. The tables may be UTF-8. Tools and Windows Installer refuse a package whose summary is.',
};

/** Rules of Microsoft that have no code here, with the reason. */
export const omittedRules: Readonly<Record<string, string>> = {
  ICE01: 'It only proves that the runner of Microsoft works. It says nothing about a package.',
};
