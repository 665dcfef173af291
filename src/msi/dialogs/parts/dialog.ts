/** What happens when a control is used: `NewDialog FolderDlg`, or `[PROPERTY]` and its value. */
export interface ControlEvent {
  readonly event: string;
  readonly argument: string;
  readonly condition?: string;
}

/** A control, in dialog units from the upper left corner of its dialog. */
export interface Control {
  readonly name: string;
  readonly type: string;
  readonly at: readonly [x: number, y: number, width: number, height: number];
  readonly attributes: number;
  readonly property?: string;
  /** Formatted text; a `&` stands before the access key. */
  readonly text?: string;
  /** Whether the tab key stops here; labels do too, so that their access keys lead to the control behind them. */
  readonly isTabStop?: boolean;
  /** Takes a free letter of its text as access key. */
  readonly wantsAccessKey?: boolean;
  readonly events?: readonly ControlEvent[];
  readonly conditions?: readonly { readonly action: string; readonly condition: string }[];
  /** Attributes that follow what Windows Installer publishes: `SetProgress` to `Progress`. */
  readonly mappings?: readonly { readonly event: string; readonly attribute: string }[];
  /** Values to choose from, for ComboBox, ListBox and RadioButtonGroup. */
  readonly items?: readonly { readonly value: string; readonly text: string }[];
  /** Value of a check box that is set. */
  readonly checked?: string;
}

/** A dialog. The order of its controls is that of the tab key. */
export interface Dialog {
  readonly name: string;
  readonly size: readonly [width: number, height: number];
  readonly attributes: number;
  readonly title: string;
  readonly controls: readonly Control[];
  /** Name of the control that has the focus at first; the first tab stop when absent. */
  readonly first?: string;
  /** Buttons for Enter and Escape. */
  readonly default?: string;
  readonly cancel?: string;
}

/** Bits of Dialog.Attributes. Source: Windows Installer SDK, "Dialog Style Bits". */
export const dialogBits = { visible: 1, modal: 2, minimize: 4, trackDiskSpace: 32, error: 0x1_0000 } as const;

/** Bits of Control.Attributes. Source: Windows Installer SDK, "Control Attributes". */
export const controlBits = {
  visible: 1,
  enabled: 2,
  sunken: 4,
  indirect: 8,
  integer: 16,
  transparent: 0x1_0000,
  noPrefix: 0x2_0000,
  password: 0x20_0000,
  elevationShield: 0x80_0000,
  /** ListBox, ComboBox: in the order of the table. */
  inOrder: 0x1_0000,
  comboList: 0x2_0000,
  progress95: 0x1_0000,
  fixedVolumes: 0x2_0000,
  remoteVolumes: 0x4_0000,
  removableVolumes: 0x1_0000,
} as const;
