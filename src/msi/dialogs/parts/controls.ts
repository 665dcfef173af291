import { controlBits as bits, type Control, type ControlEvent } from './dialog.ts';

type Place = Control['at'];
type More = Partial<Omit<Control, 'name' | 'type' | 'at'>>;

const shown = bits.visible | bits.enabled;

export function control(name: string, type: string, at: Place, more: More = {}): Control {
  return { name, type, at, attributes: shown, ...more };
}

/** Text that takes no input; `&` in it is no access key. */
export function text(name: string, at: Place, words: string, more: More = {}): Control {
  const attributes = shown | bits.transparent | bits.noPrefix;
  return control(name, 'Text', at, { attributes, text: words, ...more });
}

/** Text in front of a control, whose access key it has. */
export function label(name: string, at: Place, words: string): Control {
  const attributes = shown | bits.transparent;
  return control(name, 'Text', at, { attributes, text: words, isTabStop: true, wantsAccessKey: true });
}

export function line(name: string, y: number, width = 370): Control {
  return control(name, 'Line', [0, y, width, 0], { attributes: bits.visible });
}

export function bitmap(name: string, at: Place, binary: string): Control {
  return control(name, 'Bitmap', at, { attributes: bits.visible, text: binary });
}

/** Width and height of a button. Source: WixUI and the Windows Installer SDK's own dialogs have 56 by 17. */
export const buttonSize = [56, 17] as const;

export function button(
  name: string,
  [x, y, width = buttonSize[0]]: readonly [number, number, number?],
  words: string,
  events: readonly ControlEvent[],
  more: More = {},
): Control {
  const at = [x, y, width, buttonSize[1]] as const;
  return control(name, 'PushButton', at, {
    text: words,
    isTabStop: true,
    wantsAccessKey: true,
    events,
    ...more,
  });
}

export const go = (dialog: string, condition?: string): ControlEvent => event('NewDialog', dialog, condition);
export const open = (dialog: string, condition?: string): ControlEvent =>
  event('SpawnDialog', dialog, condition);
export const end = (argument: string, condition?: string): ControlEvent =>
  event('EndDialog', argument, condition);
export const run = (action: string, condition?: string): ControlEvent => event('DoAction', action, condition);
/** An empty value takes the property away. */
export const set = (property: string, value: string, condition?: string): ControlEvent =>
  event(`[${property}]`, value === '' ? '{}' : value, condition);

export function event(name: string, argument: string, condition?: string): ControlEvent {
  return { event: name, argument, ...(condition !== undefined && { condition }) };
}
