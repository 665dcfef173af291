import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';
import { InputError } from '../../errors.ts';
import { lintPackage } from '../../msi/lint/index.ts';
import { explainRule, listRules } from '../../msi/lint/reference.ts';
import type { LintFinding } from '../../msi/lint/rule.ts';
import { describeDiff, diffPackages, sameContents } from '../../msi/read/diff.ts';
import { extractPackage } from '../../msi/read/extract.ts';
import { describePackage, describeTable, packageData, tableData, visible } from '../../msi/read/inspect.ts';
import { type MsiDatabase, readMsi } from '../../msi/read/read.ts';
import { propertiesOf } from '../../msi/read/view.ts';
import { type NamedKey, readNamedKey } from '../../msi/sign/named-key.ts';
import { isPackage } from '../../msi/sign/osslsigncode.ts';
import { signingProgram } from '../../msi/sign/program.ts';
import { signFile } from '../../msi/sign/sign.ts';
import { readSigner } from '../../msi/sign/signer.ts';
import { type Signature, verifySignature } from '../../msi/sign/verify.ts';
import { withProgress } from '../../payload/cache/progress.ts';
import { each, formatted } from '../command-line/options.ts';
import { type LintFormat, lintFormats, reportFindings } from '../command-line/tell-findings.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel msi inspect dist/oriel-glance-29.2.1.msi                      identity, tables and streams
  oriel msi inspect any.msi --table ServiceInstall --json | jq '.[].Name'
  oriel msi diff old.msi new.msi                                      files, properties and rows that differ
  oriel msi lint any.msi                                              known errors, by rule
  oriel msi lint any.msi --format sarif > lint.sarif                  for code hosts; junit: for CI
  oriel msi lint --explain ICE03                                      what a rule asks for, and why
  oriel msi extract any.msi out/                                      the files, as they would be installed
  oriel msi sign any.msi --certificate chain.pem --key-env CODESIGN_KEY
  oriel msi verify any.msi                                            is it what was signed, and by whom`;

type Run = Parameters<Verb>[1];

/** `oriel msi`: looks into Windows Installer packages made by anybody, and signs them. */
export const msi: Verb = (program, run) => {
  const group = program
    .command('msi')
    .description('Windows Installer packages: build, inspect, diff, lint, extract, sign and verify them')
    .addHelpText('after', help);
  addInspect(group, run);
  addDiff(group, run);
  addLint(group, run);
  addExtract(group, run);
  addSign(group, run);
  addVerify(group, run);
};

function addInspect(group: Command, run: Run): void {
  formatted(group.command('inspect'))
    .description('print what a package holds')
    .argument('<file>', 'a package')
    .option('--table <name>', 'the rows of one table')
    .action((file: string, { table, json }: { table?: string; json?: boolean }) =>
      run(async ({ print }) => {
        const database = opened(file);
        try {
          if (json)
            print(JSON.stringify(table ? tableData(database, table) : packageData(database), null, 2));
          else print(table ? describeTable(database, table) : describePackage(database));
          return 0;
        } finally {
          database.close();
        }
      }),
    );
}

function addDiff(group: Command, run: Run): void {
  formatted(group.command('diff'))
    .description('compare two packages; exit code 3 when they differ')
    .argument('<a>', 'a package')
    .argument('<b>', 'another one')
    .action((a: string, b: string, { json }: { json?: boolean }) =>
      run(async ({ print }) => {
        const [before, after] = [opened(a), opened(b)];
        const diff = diffPackages(before, after);
        before.close();
        after.close();
        const same = sameContents(diff);
        print(json ? JSON.stringify(diff, null, 2) : same ? 'no differences' : describeDiff(diff));
        return same ? 0 : 3;
      }),
    );
}

interface LintFlags {
  readonly format: LintFormat;
  /** True without the name of a rule. */
  readonly explain?: string | true;
}

function addLint(group: Command, run: Run): void {
  formatted(group.command('lint'), lintFormats)
    .description('look for errors that Windows Installer does not forgive; exit code 1 when there are errors')
    .argument('[file]', 'a package')
    .option('--explain [rule]', 'say what a rule asks for and why; without a name, all of them')
    .action((file: string | undefined, { format, explain }: LintFlags) =>
      run(async ({ print }) => {
        if (explain) {
          print(explain === true ? listRules() : explainRule(explain));
          return 0;
        }
        if (file === undefined) throw wrong('name a package, or ask for --explain');
        const database = opened(file);
        const findings = lintPackage(database);
        database.close();
        if (format === 'json') print(JSON.stringify(findings, null, 2));
        else if (format === 'human') print(describeFindings(findings));
        else {
          const found = findings.map((finding) => ({ ...finding, file }));
          print(reportFindings(format, 'msi lint', [file], found));
        }
        return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
      }),
    );
}

function describeFindings(findings: readonly LintFinding[]): string {
  if (findings.length === 0) return 'no findings';
  return findings.map(({ rule, severity, message }) => `${rule} ${severity}: ${visible(message)}`).join('\n');
}

function addExtract(group: Command, run: Run): void {
  group
    .command('extract')
    .description('write the files of a package to a directory')
    .argument('<file>', 'a package')
    .argument('[directory]', 'where to', '.')
    .action((file: string, directory: string) =>
      run(async ({ print, emit }: Context) => {
        const database = opened(file);
        try {
          print(`${extractPackage(database, file, directory, emit)} files`);
          return 0;
        } finally {
          database.close();
        }
      }),
    );
}

interface SignFlags extends NamedKey {
  readonly certificate: string;
  readonly timestamp?: string;
  readonly description?: string;
  readonly out?: string;
}

function addSign(group: Command, run: Run): void {
  group
    .command('sign')
    .description('sign a package or program with osslsigncode, and check the signature')
    .argument('<file>', 'a package (.msi) or program (.exe, .dll)')
    .requiredOption('--certificate <file>', 'certificates in PEM: that of the key, then its issuers')
    .option('--key <file>', 'private key in PEM, without a password; only its owner may read the file')
    .option('--key-env <name>', 'environment variable that holds the private key')
    .option('--pkcs11-module <file>', 'library of the token that holds the key')
    .option('--pkcs11-key <uri>', 'the key in the token: pkcs11:token=NAME;object=NAME')
    .option('--pin-env <name>', 'environment variable that holds the PIN of the token')
    .option('--timestamp <url>', 'time stamp service (RFC 3161)')
    .option('--description <text>', 'what Windows shows when it asks whether to go on; default: its name')
    .option('--out <file>', 'where to write; default: over the file')
    .action((file: string, flags: SignFlags) =>
      run(async ({ print, emit }) => {
        mustExist(file);
        const { certificate, timestamp, description = productName(file), out = file } = flags;
        const key = await readNamedKey(flags);
        const signer = await readSigner({ certificate, key, ...(timestamp && { timestamp }) });
        const signature = await withProgress(emit, 'sign', `signing ${file}`, () =>
          signFile(signer, file, out, description),
        );
        print(`${out}: ${describeSignature(signature)}`);
        return 0;
      }),
    );
}

/** What a package calls its product; the name of a file that is none. */
function productName(file: string): string {
  if (!isPackage(file)) return basename(file);
  const database = readMsi(file);
  database.close();
  return propertiesOf(database).get('ProductName') ?? basename(file);
}

function addVerify(group: Command, run: Run): void {
  formatted(group.command('verify'))
    .description('check the signature of a package or program; exit code 1 when it is not right')
    .argument('<file>', 'a package or program')
    .option('--ca <file>', 'certificates in PEM to trust besides those of the system; may be repeated', each)
    .action((file: string, { ca = [], json }: { ca?: readonly string[]; json?: boolean }) =>
      run(async ({ print }) => {
        for (const one of [file, ...ca]) mustExist(one);
        await signingProgram();
        const signature = await verifySignature(file, { files: ca });
        print(json ? JSON.stringify(signature, null, 2) : `${file}: ${describeSignature(signature)}`);
        return 0;
      }),
    );
}

function describeSignature({ subject, issuer, timestamp }: Signature): string {
  const stamp = {
    none: 'no time stamp',
    good: 'with a time stamp',
    untrusted: 'its time stamp is not trusted',
  };
  return visible(`signed by ${subject}, certified by ${issuer}; ${stamp[timestamp]}`);
}

const wrong = (message: string) => new InputError([{ message }]);

function mustExist(file: string): void {
  if (!existsSync(file)) throw wrong(`there is no file ${file}`);
}

function opened(file: string): MsiDatabase {
  mustExist(file);
  return readMsi(file);
}
