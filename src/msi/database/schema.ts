/** A column as `_Columns` and `_Validation` describe it. */
export interface Column {
  readonly name: string;
  readonly kind: 'string' | 'integer' | 'stream';
  /** Characters for a string (0 means no limit), 2 or 4 bytes for an integer. */
  readonly width: number;
  readonly key: boolean;
  readonly nullable: boolean;
  readonly localizable: boolean;
  readonly category?: string;
  readonly range?: readonly [number, number];
  readonly refersTo?: string;
  readonly set?: string;
}

/**
 * The tables of Windows Installer that this compiler writes. A line is `Name type words`: type as in IDT files (`s` string, `l`
 * localizable, `i` integer, `v` stream; capital: may be null), `*` marks a primary key, `->Table` a foreign key to its first
 * column, `a..b` bounds, `{a;b}` allowed values, any other word the category of `_Validation`.
 * Source: Windows Installer SDK table reference; types as msitools and WiX write them.
 */
const text: Readonly<Record<string, string>> = {
  ActionText: `*Action s72 Identifier | Description L0 Text | Template L0 Template`,
  AppSearch: `*Property s72 Identifier | *Signature_ s72 Identifier`,
  Binary: `*Name s72 Identifier | Data v0 Binary`,
  CheckBox: `*Property s72 Identifier | Value S64 Formatted`,
  ComboBox: `*Property s72 Identifier | *Order i2 1..32767 | Value s64 Formatted | Text L64 Formatted`,
  Component: `*Component s72 Identifier | ComponentId S38 Guid | Directory_ s72 Identifier ->Directory | Attributes i2 |
    Condition S255 Condition | KeyPath S72 Identifier ->File;Registry;ODBCDataSource`,
  Condition: `*Feature_ s38 Identifier ->Feature | *Level i2 0..32767 | Condition S255 Condition`,
  Control: `*Dialog_ s72 Identifier ->Dialog | *Control s50 Identifier | Type s20 Identifier | X i2 0..32767 | Y i2 0..32767 |
    Width i2 0..32767 | Height i2 0..32767 | Attributes I4 0..2147483647 | Property S50 Identifier | Text L0 Formatted |
    Control_Next S50 Identifier | Help L50 Text`,
  ControlCondition: `*Dialog_ s72 Identifier ->Dialog | *Control_ s50 Identifier | *Action s50 {Default;Disable;Enable;Hide;Show} |
    *Condition s255 Condition`,
  ControlEvent: `*Dialog_ s72 Identifier ->Dialog | *Control_ s50 Identifier | *Event s50 Formatted | *Argument s255 Formatted |
    *Condition S255 Condition | Ordering I2 0..32767`,
  CreateFolder: `*Directory_ s72 Identifier ->Directory | *Component_ s72 Identifier ->Component`,
  CustomAction: `*Action s72 Identifier | Type i2 1..32767 | Source S72 CustomSource | Target S255 Formatted |
    ExtendedType I4 0..2147483647`,
  Dialog: `*Dialog s72 Identifier | HCentering i2 0..100 | VCentering i2 0..100 | Width i2 0..32767 | Height i2 0..32767 |
    Attributes I4 0..2147483647 | Title L128 Formatted | Control_First s50 Identifier | Control_Default S50 Identifier |
    Control_Cancel S50 Identifier`,
  DialogField: `*Property s72 Identifier | Page s72 Identifier | Position i2 1..32767 | Label l0 Text | Form s64 Text |
    Least I4 0..2147483647 | Most I4 0..2147483647 | Secret i2 {0;1} | Needed S255 Condition`,
  Directory: `*Directory s72 Identifier | Directory_Parent S72 Identifier ->Directory | DefaultDir l255 DefaultDir`,
  Environment: `*Environment s72 Identifier | Name l255 Text | Value L255 Formatted | Component_ s72 Identifier ->Component`,
  Error: `*Error i2 0..32767 | Message L0 Template`,
  EventMapping: `*Dialog_ s72 Identifier ->Dialog | *Control_ s50 Identifier | *Event s50 Identifier | Attribute s50 Identifier`,
  Feature: `*Feature s38 Identifier | Feature_Parent S38 Identifier ->Feature | Title L64 Text | Description L255 Text |
    Display I2 0..32767 | Level i2 0..32767 | Directory_ S72 UpperCase ->Directory |
    Attributes i2 {0;1;2;4;5;6;8;9;10;16;17;18;20;21;22;24;25;26;32;33;34;36;37;38;48;49;50;52;53;54}`,
  FeatureComponents: `*Feature_ s38 Identifier ->Feature | *Component_ s72 Identifier ->Component`,
  File: `*File s72 Identifier | Component_ s72 Identifier ->Component | FileName l255 Filename | FileSize i4 0..2147483647 |
    Version S72 Version ->File | Language S20 Language | Attributes I2 0..32767 | Sequence i4 1..2147483647`,
  Icon: `*Name s72 Identifier | Data v0 Binary`,
  IniFile: `*IniFile s72 Identifier | FileName l255 Filename | DirProperty S72 Identifier | Section l96 Formatted |
    Key l128 Formatted | Value l255 Formatted | Action i2 {0;1;3} | Component_ s72 Identifier ->Component`,
  LaunchCondition: `*Condition s255 Condition | Description l255 Formatted`,
  ListBox: `*Property s72 Identifier | *Order i2 1..32767 | Value s64 Formatted | Text L64 Formatted`,
  Media: `*DiskId i2 1..32767 | LastSequence i4 0..2147483647 | DiskPrompt L64 Text | Cabinet S255 Cabinet | VolumeLabel S32 Text |
    Source S72 Property`,
  MsiFileHash: `*File_ s72 Identifier ->File | Options i2 0..32767 | HashPart1 i4 | HashPart2 i4 | HashPart3 i4 | HashPart4 i4`,
  MsiLockPermissionsEx: `*MsiLockPermissionsEx s72 Identifier | LockObject s72 Identifier |
    Table s32 Identifier {CreateFolder;File;Registry;ServiceInstall} | SDDLText s0 FormattedSDDLText | Condition S255 Condition`,
  Property: `*Property s72 Identifier | Value l0 Text`,
  RadioButton: `*Property s72 Identifier | *Order i2 1..32767 | Value s64 Formatted | X i2 0..32767 | Y i2 0..32767 | Width i2 0..32767 |
    Height i2 0..32767 | Text L64 Formatted | Help L50 Text`,
  RegLocator: `*Signature_ s72 Identifier | Root i2 0..3 | Key s255 RegPath | Name S255 Formatted | Type I2 0..18`,
  Registry: `*Registry s72 Identifier | Root i2 -1..3 | Key l255 RegPath | Name L255 Formatted | Value L0 Formatted |
    Component_ s72 Identifier ->Component`,
  RemoveFile: `*FileKey s72 Identifier | Component_ s72 Identifier ->Component | FileName L255 WildCardFilename |
    DirProperty s72 Identifier | InstallMode i2 {1;2;3}`,
  ServiceControl: `*ServiceControl s72 Identifier | Name l255 Formatted | Event i2 0..187 | Arguments L255 Formatted | Wait I2 0..1 |
    Component_ s72 Identifier ->Component`,
  ServiceInstall: `*ServiceInstall s72 Identifier | Name s255 Formatted | DisplayName L255 Formatted |
    ServiceType i4 -2147483647..2147483647 | StartType i4 0..4 | ErrorControl i4 -2147483647..2147483647 |
    LoadOrderGroup S255 Formatted | Dependencies S255 Formatted | StartName S255 Formatted | Password S255 Formatted |
    Arguments S255 Formatted | Component_ s72 Identifier ->Component | Description L255 Text`,
  Shortcut: `*Shortcut s72 Identifier | Directory_ s72 Identifier ->Directory | Name l128 Filename |
    Component_ s72 Identifier ->Component | Target s72 Shortcut | Arguments S255 Formatted | Description L255 Text |
    Hotkey I2 0..32767 | Icon_ S72 Identifier ->Icon | IconIndex I2 -32767..32767 | ShowCmd I2 {1;3;7} | WkDir S72 Identifier`,
  Signature: `*Signature s72 Identifier | FileName s255 Text | MinVersion S20 Text | MaxVersion S20 Text | MinSize I4 0..2147483647 |
    MaxSize I4 0..2147483647 | MinDate I4 0..2147483647 | MaxDate I4 0..2147483647 | Languages S255 Language`,
  TextStyle: `*TextStyle s72 Identifier | FaceName s32 Text | Size i2 0..32767 | Color I4 0..16777215 | StyleBits I2 0..15`,
  UIText: `*Key s72 Identifier | Text L255 Text`,
  Upgrade: `*UpgradeCode s38 Guid | *VersionMin S20 Text | *VersionMax S20 Text | *Language S255 Language |
    *Attributes i4 0..2147483647 | Remove S255 Formatted | ActionProperty s72 UpperCase`,
  _Validation: `*Table s32 Identifier | *Column s32 Identifier | Nullable s4 {Y;N} | MinValue I4 -2147483647..2147483647 |
    MaxValue I4 -2147483647..2147483647 | KeyTable S255 Text | KeyColumn I2 1..32 |
    Category S32 {Text;Formatted;Template;Condition;Guid;Path;Version;Language;Identifier;Binary;UpperCase;LowerCase;Filename;Paths;AnyPath;WildCardFilename;RegPath;CustomSource;Property;Cabinet;Shortcut;FormattedSDDLText;Integer;DoubleInteger;TimeDate;DefaultDir} |
    Set S255 Text | Description S255 Text`,
};

const sequence = `*Action s72 Identifier | Condition S255 Condition | Sequence I2 -4..32767`;

/** Names of the tables that order actions. */
export const sequenceTables = [
  'AdminExecuteSequence',
  'AdminUISequence',
  'AdvtExecuteSequence',
  'InstallExecuteSequence',
  'InstallUISequence',
] as const;

/** Columns of every known table, in their order in the file. */
export const tableSchema: ReadonlyMap<string, readonly Column[]> = new Map(
  [...Object.entries(text), ...sequenceTables.map((name) => [name, sequence] as const)].map(
    ([name, columns]) => [name, columns.split('|').map(parseColumn)] as const,
  ),
);

/** Reads one `Name type words` of the text above. */
export function parseColumn(line: string): Column {
  const [marked = '', type = '', ...words] = line.trim().split(/\s+/);
  const letter = type.charAt(0);
  const lower = letter.toLowerCase();
  const range = words.map((word) => /^(-?\d+)\.\.(\d+)$/.exec(word)).find(Boolean);
  const refersTo = words.find((word) => word.startsWith('->'))?.slice(2);
  const set = words.find((word) => word.startsWith('{'))?.slice(1, -1);
  const category = words.find((word) => /^[A-Z]/.test(word));
  return {
    name: marked.replace('*', ''),
    kind: lower === 'i' ? 'integer' : lower === 'v' ? 'stream' : 'string',
    width: Number(type.slice(1)),
    key: marked.startsWith('*'),
    nullable: letter !== lower,
    localizable: lower === 'l',
    ...(category && { category }),
    ...(range && { range: [Number(range[1]), Number(range[2])] as const }),
    ...(refersTo && { refersTo }),
    ...(set && { set }),
  };
}
