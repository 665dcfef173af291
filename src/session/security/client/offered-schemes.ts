/** One way to log in that a server offers in `WWW-Authenticate`. */
export interface OfferedScheme {
  /** In lower case: `negotiate`, `kerberos`, `basic`, `ntlm`, `credssp`. */
  readonly scheme: string;
  /** The server's token, for a scheme that is under way. */
  readonly token?: Buffer;
  /** `realm` and others, names in lower case. */
  readonly parameters: { readonly [name: string]: string };
}

// RFC 9110 11.2 and 11.3: what a scheme, a token68 and a parameter are made of.
const item =
  /[\s,]*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))(?=\s*(?:,|$))|([\w!#$%&'*+.^`|~-]+)(?:[ \t]+([\w.~+/-]+=*)(?=\s*(?:,|$)))?)/y;

/**
 * What a server offers, in its order, from all its `WWW-Authenticate` lines: several on one line, any case.
 * @param lines the values of the header; what is not a scheme in them is left out
 */
export function offeredSchemes(lines: readonly string[]): readonly OfferedScheme[] {
  return lines.flatMap(schemesOf);
}

function schemesOf(line: string): readonly OfferedScheme[] {
  const found: { scheme: string; token?: Buffer; parameters: Record<string, string> }[] = [];
  item.lastIndex = 0;
  for (let match = item.exec(line); match; match = item.exec(line)) {
    const [, name, quoted, plain, scheme, token] = match;
    if (scheme)
      found.push({
        scheme: scheme.toLowerCase(),
        ...(token ? { token: Buffer.from(token, 'base64') } : {}),
        parameters: {},
      });
    else {
      const last = found.at(-1);
      if (last && name) last.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
    }
  }
  return found;
}
