/**
 * The differences between an answer and what a case expects of it, as lines (`result.kind: "file" is not "absent"`); none:
 * it matches. Objects may have more than the case names, lists may not. The `$` matchers: test/cases/agent/README.md.
 */
export function differences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  const at = (text: string): readonly string[] => [`${path || 'answer'}: ${JSON.stringify(actual)} ${text}`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return at('is no list');
    if (actual.length !== expected.length) return at(`has not ${expected.length} items`);
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}[${index}]`));
  }
  if (!isTable(expected)) return expected === actual ? [] : at(`is not ${JSON.stringify(expected)}`);
  const [matcher] = Object.keys(expected);
  if (matcher?.startsWith('$'))
    return matches(matcher, expected[matcher], actual) ? [] : at(describe(expected));
  if (!isTable(actual)) return at('is no object');
  return Object.entries(expected).flatMap(([key, item]) => differences(item, actual[key], `${path}.${key}`));
}

function matches(matcher: string, argument: unknown, actual: unknown): boolean {
  switch (matcher) {
    case '$absent':
      return actual === undefined;
    case '$type':
      return typeOf(actual) === argument;
    case '$match':
      return typeof actual === 'string' && new RegExp(String(argument), 'u').test(actual);
    case '$has':
      return has(actual, argument);
    case '$hasNot':
      return Array.isArray(actual) && !has(actual, argument);
    default:
      throw new TypeError(`there is no matcher ${matcher}`);
  }
}

function has(list: unknown, item: unknown): boolean {
  return Array.isArray(list) && list.some((each) => differences(item, each).length === 0);
}

function describe(expected: object): string {
  return `does not fit ${JSON.stringify(expected)}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isTable(value: unknown): value is { readonly [key: string]: unknown } {
  return typeOf(value) === 'object';
}
