const aceTypes = /^(A|D|OA|OD|AU|AL|OU|OL|ML|XA|XD|ZA|XU|RA|SP|TL|FL)$/;
const aceFlags = /^(CI|OI|NP|IO|ID|SA|FA|TP|CR)*$/;
const rights =
  /^(0x[0-9A-Fa-f]+|\d+|(GA|GR|GW|GX|RC|SD|WD|WO|RP|WP|CC|DC|LC|SW|LO|DT|CR|FA|FR|FW|FX|KA|KR|KW|KX|NR|NW|NX)+)$/;
const guid = /^([0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})?$/;
/** Accounts of two letters. */
const aliases = new Set(
  (
    'AA AC AN AO AP AS AU BA BG BO BU CA CD CG CN CO CY DA DC DD DG DU EA ED EK ER ES HA HI IS IU KA LA LG LS LU LW ME MP MS MU NO NS ' +
    'NU OW PA PO PS PU RA RC RD RE RM RO RS RU SA SI SO SS SU SY UD WD WR'
  ).split(' '),
);
const dacl = /^(P|AR|AI|NO_ACCESS_CONTROL)*$/;

/**
 * What is wrong with a security descriptor in SDDL, if anything. In place of an account there may be `[Domain\User]` or a property in
 * brackets. Source: "Security Descriptor Definition Language" [MS-DTYP] 2.5.1, and Windows Installer SDK, "FormattedSDDLText".
 */
export function sddlProblem(text: string): string | undefined {
  const seen = new Set<string>();
  let rest = text.trim();
  if (rest === '') return 'is empty';
  while (rest !== '') {
    const [head = '', part = ''] = /^([OGDS]):/.exec(rest) ?? [];
    if (head === '') return `has ${JSON.stringify(rest.slice(0, 20))} where O:, G:, D: or S: must stand`;
    if (seen.has(part)) return `has ${part}: twice`;
    seen.add(part);
    const list = part === 'D' || part === 'S';
    const body =
      /^(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]|(?![OGDS]:)[^()[])*/.exec(rest.slice(2))?.[0] ?? '';
    const problem = list ? listProblem(body) : sidProblem(body.trim());
    if (problem) return problem;
    rest = rest.slice(2 + body.length).trim();
  }
  return undefined;
}

function listProblem(body: string): string | undefined {
  const open = body.indexOf('(');
  const flags = (open < 0 ? body : body.slice(0, open)).trim();
  if (!dacl.test(flags)) return `has ${JSON.stringify(flags)}, which is no flag of an access list`;
  const entries = open < 0 ? '' : body.slice(open);
  const found = entries.match(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g) ?? [];
  if (found.join('') !== entries.replaceAll(/\)\s+/g, ')')) return 'has something between its entries';
  return found.map((entry) => entryProblem(entry.slice(1, -1))).find(Boolean);
}

function entryProblem(entry: string): string | undefined {
  const [type = '', flags = '', access = '', object = '', inherited = '', account = '', ...more] =
    entry.split(';');
  const named = `entry (${entry})`;
  if (entry.split(';').length < 6) return `${named} must have six parts: type;flags;rights;;;account`;
  if (!aceTypes.test(type)) return `${named}: ${JSON.stringify(type)} is no type (A allows, D denies)`;
  if (!aceFlags.test(flags)) return `${named}: ${JSON.stringify(flags)} are no flags`;
  if (access !== '' && !rights.test(access)) return `${named}: ${JSON.stringify(access)} are no rights`;
  if (!guid.test(object) || !guid.test(inherited)) return `${named}: an object type must be a GUID`;
  const conditional = /^(XA|XD|ZA|XU|RA)$/.test(type);
  if (more.length > 0 && !conditional) return `${named} has more than six parts`;
  return sidProblem(account.trim());
}

function sidProblem(account: string): string | undefined {
  const known = aliases.has(account) || /^S-1-(\d+|0x[0-9A-Fa-f]+)(-\d+)+$/.test(account);
  // An account that Windows Installer fills in, or looks up by its name.
  return known || /\[.+\]/.test(account)
    ? undefined
    : `${JSON.stringify(account)} is no account: it is a SID, two letters as BA, or [Domain\\User]`;
}
