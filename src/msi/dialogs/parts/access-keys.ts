import type { Control, Dialog } from './dialog.ts';

/** The access key that a text names: the letter behind a single `&`. */
export function accessKeyOf(text: string): string | undefined {
  return /(?:^|[^&])(?:&&)*&([^&\s])/u.exec(text)?.[1]?.toLowerCase();
}

/** Gives labels without an access key of their own a letter that nothing else on the dialog has. Buttons keep theirs. */
export function withAccessKeys(dialog: Dialog): Dialog {
  const taken = new Set(dialog.controls.flatMap((one) => ownKeys(one)));
  const controls = dialog.controls.map((one): Control => {
    const { text = '', type, wantsAccessKey } = one;
    if (!wantsAccessKey || type === 'PushButton' || accessKeyOf(text) !== undefined) return one;
    const at = [...text].findIndex(
      (letter) => /[\p{L}\p{N}]/u.test(letter) && !taken.has(letter.toLowerCase()),
    );
    if (at < 0) return one;
    const letters = [...text];
    taken.add(String(letters[at]).toLowerCase());
    return { ...one, text: `${letters.slice(0, at).join('')}&${letters.slice(at).join('')}` };
  });
  return { ...dialog, controls };
}

function ownKeys({ text, items, attributes, type }: Control): string[] {
  // Text without access keys shows its `&`.
  if (type === 'Text' && attributes & 0x2_0000) return [];
  const texts = [text ?? '', ...(type === 'RadioButtonGroup' ? (items ?? []).map((item) => item.text) : [])];
  return texts.flatMap((one) => accessKeyOf(one) ?? []);
}
