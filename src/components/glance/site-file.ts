import type { ComponentSite } from '../../site/grammar/site-component.ts';
import { checkGlanceOptions } from './options/check.ts';
import { glanceGrammar } from './site/grammar.ts';
import { glanceRules } from './site/rules/index.ts';
import { sandboxStarter, starter } from './site/starter.ts';
import { toSettings } from './site/to-settings.ts';

/** Glance removed its Windows code in 2025.1 (commit acab9351a, in 30.0.0). */
const firstWithoutWindows = 2025;

/** What the site file says of Glance. */
export const glanceSite: ComponentSite = {
  grammar: glanceGrammar,
  rules: glanceRules,
  rawRules: [checkGlanceOptions],
  gaps: [{ at: ['stores', '*', 'type'], only: ['file'] }],
  settings: toSettings,
  refusedRelease: (series) =>
    /^\d{4}\.\d$/.test(series) && Number.parseInt(series, 10) >= firstWithoutWindows
      ? `${series} cannot run on Windows: Glance has no Windows code from 2025.1 on\n"2024.2" is the last release that has`
      : undefined,
  starter,
  sandboxStarter,
};
