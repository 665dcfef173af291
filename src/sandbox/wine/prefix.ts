/** What the stand-in node builds on: Wine prefixes and the Windows in them. */

export { mapShare, toHostPath } from '../node/paths.ts';
export * from './control.ts';
export { type BootedPrefix, bootPrefix, processesOf, stopPrefix } from './life.ts';
export { clonePrefix, ensureTemplate } from './template.ts';
export { whyNoWine, wineAvailable, wineEnvironment } from './wine.ts';
