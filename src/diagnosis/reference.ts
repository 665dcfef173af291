import { codesOf, codeText } from './codes.ts';
import type { KnownError } from './model/known-error.ts';

const head = `# Known errors

Errors of Windows, SMB, failover clusters and services, with their causes and remedies. \`oriel explain CODE\` prints a part of this page: a code in any spelling
(\`5\`, \`0x80070005\`, \`NT_STATUS_ACCESS_DENIED\`, \`503\`), or the message itself. \`oriel verify\` adds the cause to a check that fails with one of them, and looks for them
in the last hour of the log of each node. Where several errors follow each other, the first is the cause.
`;

/** The page docs/reference/errors.md, of the errors of a table. */
export function errorReference(errors: readonly KnownError[]): string {
  return [head, ...errors.map(sectionOf)].join('\n');
}

function sectionOf(error: KnownError): string {
  const codes = codesOf(error).map((code) => `\`${codeText(code)}\``);
  const rows = error.causes.map(
    ({ when = '', cause, remedy }) => `| ${[when, cause, remedy].map(cell).join(' | ')} |`,
  );
  return [
    `## ${error.title}`,
    '',
    [`\`oriel explain ${error.id}\``, ...codes].join(', '),
    '',
    '| when | cause | remedy |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
