import { bitmap, button, line, open, text } from './controls.ts';
import { type Control, type ControlEvent, type Dialog, dialogBits } from './dialog.ts';

/** Texts of the dialogs by key. */
export type Texts = (key: string) => string;

/** Size of a page of a wizard, and the row of its buttons. Source: WixUI dialog library. */
const size = [370, 270] as const;
const buttonRow = 243;
const columns = { back: 180, next: 236, cancel: 304 } as const;

const modal = dialogBits.visible | dialogBits.modal;
/** Pages show in a task bar and can be minimised. */
const pageBits = modal | dialogBits.minimize;

/** Names of the pictures in the Binary table. */
export const pictures = { white: 'DialogWhite', panel: 'DialogPanel' } as const;

export interface PageParts {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly controls?: readonly Control[];
  /** What Back, Next and Cancel do; a button without anything to do is greyed. */
  readonly back?: readonly ControlEvent[];
  readonly next?: readonly ControlEvent[];
  /** Words of the button for `next`. */
  readonly nextText?: string;
  readonly nextMore?: Partial<Control>;
  readonly cancel?: readonly ControlEvent[];
  readonly first?: string;
  readonly attributes?: number;
}

/** A page of the wizard: banner with title and explanation, content from y = 52 to 228, buttons. */
export function page(t: Texts, parts: PageParts): Dialog {
  return {
    ...frame(t, parts),
    controls: [
      bitmap('Banner', [0, 0, 370, 44], pictures.white),
      text('Title', [15, 6, 340, 15], `{\\TitleFont}${parts.title}`),
      text('Description', [25, 21, 330, 20], parts.text),
      line('BannerLine', 44),
      ...(parts.controls ?? []),
      ...buttons(t, parts),
    ],
  };
}

/** The first and the last pages: a picture at the left, words at the right. */
export function cover(t: Texts, parts: PageParts): Dialog {
  return {
    ...frame(t, parts),
    controls: [
      bitmap('Panel', [0, 0, 123, 234], pictures.panel),
      bitmap('Paper', [123, 0, 247, 234], pictures.white),
      text('Title', [135, 20, 220, 40], `{\\CoverFont}${parts.title}`),
      text('Description', [135, 66, 220, 50], parts.text),
      ...(parts.controls ?? []),
      ...buttons(t, parts),
    ],
  };
}

function frame(t: Texts, { name, first, next, attributes = pageBits }: PageParts): Omit<Dialog, 'controls'> {
  const focus = first ?? (next ? 'Next' : 'Cancel');
  return {
    name,
    size,
    attributes,
    title: t('window.title'),
    first: focus,
    default: next ? 'Next' : focus,
    cancel: 'Cancel',
  };
}

function buttons(t: Texts, parts: PageParts): Control[] {
  const { back, next, nextText = t('button.next'), nextMore, cancel = [open('CancelDlg')] } = parts;
  const off = (events: readonly ControlEvent[] | undefined) => (events ? {} : { attributes: 1 });
  return [
    line('ButtonLine', 234),
    button('Back', [columns.back, buttonRow], t('button.back'), back ?? [], off(back)),
    button('Next', [columns.next, buttonRow], nextText, next ?? [], { ...off(next), ...nextMore }),
    button(
      'Cancel',
      [columns.cancel, buttonRow],
      t('button.cancel'),
      cancel,
      off(cancel.length > 0 ? cancel : undefined),
    ),
  ];
}

/** A small dialog over another one: words and a row of buttons from the right. */
export function box(
  t: Texts,
  name: string,
  words: string,
  answers: readonly {
    readonly name: string;
    readonly text: string;
    readonly events: readonly ControlEvent[];
  }[],
  more: Partial<Dialog> & { readonly extra?: readonly Control[] } = {},
): Dialog {
  const { extra = [], ...rest } = more;
  const [width, height] = rest.size ?? [270, 95];
  const [first] = answers;
  const start = width - 12 - answers.length * 64 + 8;
  return {
    name,
    size: [width, height],
    attributes: modal,
    title: t('window.title'),
    ...(first && { first: first.name, default: first.name }),
    cancel: answers.at(-1)?.name ?? '',
    controls: [
      text('Text', [15, 15, width - 30, Math.min(height - 50, 60)], words),
      ...extra,
      ...answers.map((answer, i) =>
        button(answer.name, [start + i * 64, height - 30], answer.text, answer.events),
      ),
    ],
    ...rest,
  };
}
