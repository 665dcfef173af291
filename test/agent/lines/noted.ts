import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instrumentedAgent } from './instrument.ts';

/** The folder that lines which were run are noted in (run.ts sets it); undefined: they are not counted. */
export const notesFolder = process.env.ORIEL_AGENT_LINES;

const agents = new Map<string, Promise<string>>();

/** Folder of the agent that notes its lines in the file `noted`, as a path of the node; without one they are not counted. */
export async function countedAgent(noted: string | undefined): Promise<string | undefined> {
  if (noted === undefined) return undefined;
  const known = agents.get(noted) ?? make(noted);
  agents.set(noted, known);
  return known;
}

async function make(noted: string): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'oriel-agent-lines-')), 'agent');
  await instrumentedAgent(folder, noted);
  return folder;
}
