import { dump } from 'js-yaml';

/**
 * Data as YAML that Juju reads as it was: text that YAML 1.1 would read as a number, a truth value or null (`NO`, `on`, `y`, `0123`,
 * `2024.1`) is in quotes, and so is a key. Keys keep their order.
 */
export function writeYaml(data: object): string {
  return dump(data, { lineWidth: -1, noRefs: true });
}

/** Data as YAML with every text in quotes, for what people edit afterwards: a value stays text, whatever they make of it. */
export function writeQuotedYaml(data: object): string {
  return dump(data, { lineWidth: -1, noRefs: true, forceQuotes: true, quoteStyle: 'single' });
}
