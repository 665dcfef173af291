import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { SiteError } from '../errors.ts';
import { describeDiff, diffPackages, sameContents } from '../msi/diff.ts';
import { extractPackage } from '../msi/extract.ts';
import { describePackage, describeTable, packageData, tableData, visible } from '../msi/inspect.ts';
import { lintPackage } from '../msi/lint/index.ts';
import { type MsiDatabase, readMsi } from '../msi/read.ts';
import type { Context, Verb } from './command.ts';

const help = `
Examples:
  oriel msi inspect dist/oriel-glance-29.2.1.msi                      identity, tables and streams
  oriel msi inspect any.msi --table ServiceInstall --json | jq '.[].Name'
  oriel msi diff old.msi new.msi                                      files, properties and rows that differ
  oriel msi lint any.msi                                              known mistakes, by rule
  oriel msi extract any.msi out/                                      the files, as they would be installed`;

type Run = Parameters<Verb>[1];

/** `oriel msi`: looks into Windows Installer packages made by anybody. */
export const msi: Verb = (program, run) => {
  const group = program
    .command('msi')
    .description('look into Windows Installer packages: inspect, diff, lint, extract')
    .addHelpText('after', help);
  addInspect(group, run);
  addDiff(group, run);
  addLint(group, run);
  addExtract(group, run);
};

function addInspect(group: Command, run: Run): void {
  group
    .command('inspect')
    .description('print what a package holds')
    .argument('<file>', 'a package')
    .option('--table <name>', 'the rows of one table')
    .option('--json', 'print JSON')
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
  group
    .command('diff')
    .description('compare two packages; exit code 3 when they differ')
    .argument('<a>', 'a package')
    .argument('<b>', 'another one')
    .option('--json', 'print JSON')
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

function addLint(group: Command, run: Run): void {
  group
    .command('lint')
    .description(
      'look for mistakes that Windows Installer does not forgive; exit code 1 when there are errors',
    )
    .argument('<file>', 'a package')
    .option('--json', 'print JSON')
    .action((file: string, { json }: { json?: boolean }) =>
      run(async ({ print }) => {
        const database = opened(file);
        const findings = lintPackage(database);
        database.close();
        if (json) print(JSON.stringify(findings, null, 2));
        else if (findings.length === 0) print('no findings');
        else
          print(
            findings
              .map(({ rule, severity, message }) => `${rule} ${severity}: ${visible(message)}`)
              .join('\n'),
          );
        return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
      }),
    );
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

function opened(file: string): MsiDatabase {
  if (!existsSync(file)) throw new SiteError([{ message: `there is no file ${file}` }]);
  return readMsi(file);
}
