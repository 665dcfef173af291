/** A property that a page of the installer asks for. */
export interface MsiField {
  readonly property: string;
  readonly label: string;
  /** What its value looks like, see `formOf`. */
  readonly type: string;
  /** Shown as dots, here and in the list of changes. */
  readonly secret?: boolean;
  /** Condition under which it cannot be without a value. */
  readonly needed?: string;
  /** Stands below it where the page has room. */
  readonly hint?: string;
}

/** One page with settings. */
export interface MsiSettingsPage {
  /** Letters, digits and `_`. */
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  /** Condition under which the page is shown. */
  readonly condition?: string;
  readonly fields: readonly MsiField[];
}

/** The dialogs of a package, in one language. */
export interface MsiUi {
  /** `de`; the name of the package ends with it unless it is `en`. */
  readonly language: string;
  /** The number of the language for Windows: 1031. */
  readonly languageId: number;
  /** Every text of the dialogs by key: those of msi/dialogs/texts. */
  readonly texts: Readonly<Record<string, string>>;
  /** Licence as RTF; there is no page for it without. */
  readonly licence?: string;
  readonly pages: readonly MsiSettingsPage[];
}

/** Kinds of values that pages can check. */
export type MsiForm =
  | { readonly kind: 'text' | 'path' | 'address' | 'URL' | 'URL or none' | 'database URL' }
  | { readonly kind: 'whole'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] };

const plainForms = ['text', 'path', 'address', 'URL', 'URL or none', 'database URL'] as const;

/** Reads the type of a field: `port`, `1 to 60`, `0 or 1`, `http or https`, `URL or none`... Undefined for any other text. */
export function formOf(type: string): MsiForm | undefined {
  const plain = plainForms.find((kind) => kind === type);
  if (plain) return { kind: plain };
  if (type === 'account') return { kind: 'text' };
  if (type === 'port') return { kind: 'whole', least: 1, most: 65_535 };
  const [, least, most] = /^(\d{1,9}) to (\d{1,9})$/.exec(type) ?? [];
  if (least !== undefined) return { kind: 'whole', least: Number(least), most: Number(most) };
  const values = type.split(' or ');
  return values.length > 1 && values.every((value) => /^[\w.-]+$/.test(value))
    ? { kind: 'choice', values }
    : undefined;
}
