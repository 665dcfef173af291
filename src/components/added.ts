import type { Component } from './model/component.ts';

/** Components of folders outside: `scripts/bundle.mjs --with FOLDER` puts them here, in the bundle that it makes. */
export const added: readonly Component[] = [];
