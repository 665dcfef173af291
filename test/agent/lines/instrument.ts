import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { powershellParser } from '../../../scripts/check/powershell/parse.ts';
import { dataFile } from '../../../src/data-files.ts';

/** A line of the agent that a statement begins in. */
export interface AgentLine {
  /** From `agent/` on. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

interface Statement extends AgentLine {
  readonly at: number;
}

const scripts = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ps1') && name !== 'bootstrap.ps1')
    .map((name) => name.replaceAll('\\', '/'))
    .sort();

/** Every line of the agent that a statement begins in, in order; its place here is its number. */
export async function agentLines(folder = dataFile('agent')): Promise<readonly AgentLine[]> {
  const all = await statementsIn(folder);
  return all.map(({ file, line, text }) => ({ file, line, text }));
}

/**
 * Makes `target` a copy of the agent that writes the number of each line into the file `noted` when it is first run. `noted` is a path as
 * the agent sees it; it works in the threads and processes that the agent starts as well.
 */
export async function instrumentedAgent(target: string, noted: string): Promise<void> {
  cpSync(dataFile('agent'), target, { recursive: true });
  const all = await statementsIn(target);
  for (const file of scripts(target)) {
    let text = readFileSync(join(target, file), 'utf8');
    for (const [number, each] of [...all.entries()].reverse())
      if (each.file === file) text = text.slice(0, each.at) + mark(number, noted) + text.slice(each.at);
    writeFileSync(join(target, file), text);
  }
}

/** A statement that gives nothing, and disturbs nothing where two write at once: then another run of the line writes it. */
function mark(number: number, noted: string): string {
  const domain = '[AppDomain]::CurrentDomain';
  const note = `[IO.File]::AppendAllText('${noted}','${number} ');${domain}.SetData('oriel-line-${number}',1)`;
  return `if($null -eq ${domain}.GetData('oriel-line-${number}')){try{${note}}catch{}};`;
}

async function statementsIn(folder: string): Promise<readonly Statement[]> {
  const parse = await powershellParser();
  return scripts(folder).flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    const lines = source.split('\n');
    const found = new Map<number, Statement>();
    for (const list of parse(source).root.descendantsOfType('statement_list'))
      for (const node of list?.namedChildren ?? []) {
        if (!node || node.type === 'function_statement' || node.type === 'comment') continue;
        const line = node.startPosition.row + 1;
        if (!found.has(line))
          found.set(line, { file, line, text: lines[line - 1]?.trim() ?? '', at: node.startIndex });
      }
    return [...found.values()].sort((one, other) => one.at - other.at);
  });
}
