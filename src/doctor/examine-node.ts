import { FileError, SessionError } from '../errors.ts';
import type { Finding, LayerName, NodeFindings } from '../session/examine/finding.ts';
import type { ExamineLimits, Known, Layer, Way } from '../session/examine/way.ts';
import { agentSession } from '../session/open/agent-session.ts';
import { openTransport } from '../session/open/open.ts';
import { ways } from '../session/open/ways.ts';
import type { OpenOptions } from '../session/open-options.ts';
import type { NodeSettings, Via } from '../site/deployment.ts';
import { agentLayers, judgeAgent } from './agent-layers.ts';
import { gatherEvidence } from './gather-evidence.ts';

export interface DoctorOptions {
  /** Milliseconds for the layers before a session. */
  readonly limits?: Partial<ExamineLimits>;
  /** How the session is opened in place of the usual. */
  readonly sessions?: Partial<OpenOptions>;
}

const usualLimits: ExamineLimits = { name: 10_000, route: 5_000, port: 5_000, greeting: 10_000 };
/** Milliseconds for a login, and for a server to start a program: who asks a doctor waits less than who deploys. */
const loginMs = 30_000;

/**
 * Examines the way to a node layer by layer: one that fails ends it, and all that come after it are skipped. On the node each layer is
 * examined. Nothing is changed there, and a login is tried once. Throws nothing for what a node does.
 */
export async function examineNode(node: NodeSettings, options: DoctorOptions = {}): Promise<NodeFindings> {
  const way = ways[node.via] as Way<Via>;
  const limits = { ...usualLimits, ...options.limits };
  const before = await examineLayers(node, way.layers, limits);
  const failed = before.findings.some(({ verdict }) => verdict === 'fail');
  const rest = failed ? [] : await examineSession(node, way, before.known, options);
  // One that passed before the session may be where the session failed after all.
  const again = new Set(rest.map(({ layer }) => layer));
  const findings = [...before.findings.filter(({ layer }) => !again.has(layer)), ...rest];
  return { node: node.name, via: node.via, findings: [...findings, ...skipped(findings, layersOf(way))] };
}

/** Whether a session to a node was opened, and calls through it are answered: what is seen through it may still be wrong. */
export function hasSession({ findings }: NodeFindings): boolean {
  const seen = new Set(agentLayers.map(({ name }) => name));
  const through = findings.filter(({ layer }) => seen.has(layer));
  const ill = findings.filter(({ verdict }) => verdict === 'fail').map(({ layer }) => layer);
  return (
    ill.every((layer) => seen.has(layer) && layer !== 'powershell') &&
    through.some(({ verdict }) => verdict === 'pass' || verdict === 'warn')
  );
}

function layersOf({ layers, opened }: Way<Via>): readonly LayerName[] {
  return [layers, opened.map(({ layer: name }) => ({ name })), agentLayers].flat().map(({ name }) => name);
}

async function examineLayers(
  node: NodeSettings,
  layers: readonly Layer<NodeSettings>[],
  limits: ExamineLimits,
): Promise<{ readonly findings: readonly Finding[]; readonly known: Known }> {
  const findings: Finding[] = [];
  let known: Known = { addresses: [] };
  for (const { name: layer, examine } of layers) {
    const { verdict, known: next = known } = await examine(node, known, limits);
    findings.push({ layer, ...verdict });
    known = next;
    if (verdict.verdict === 'fail') break;
  }
  return { findings, known };
}

/** The layers that opening a session passes, and those that are seen through it. */
async function examineSession(
  node: NodeSettings,
  way: Way<Via>,
  known: Known,
  { sessions }: DoctorOptions,
): Promise<readonly Finding[]> {
  const printed: string[] = [];
  const onNoise = (line: string): void => void printed.push(line);
  const options = { timeout: loginMs, channel: loginMs, ...sessions, onNoise };
  try {
    const transport = await openTransport(node, options);
    const session = agentSession(transport, options);
    try {
      const evidence = await gatherEvidence(session, transport, node.via);
      return [...passed(node, way), ...judgeAgent({ ...evidence, printed }).map(unlessUnseen(way))];
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof FileError) return [leftRecord(error)];
    if (!(error instanceof SessionError)) throw error;
    const found = await way.explain(node, { error, printed }, known);
    return [...passed(node, way, found.layer), found];
  }
}

function unlessUnseen({ unseen = {} }: Way<Via>): (finding: Finding) => Finding {
  return (finding) => {
    const why = unseen[finding.layer];
    return why === undefined ? finding : { layer: finding.layer, verdict: 'skip', message: why };
  };
}

/** A record has no answer to what the doctor asks. */
function leftRecord({ path, message, remedy }: FileError): Finding {
  const cause = 'The record was made by another verb, or by another version of oriel.';
  const found = { verdict: 'fail', message: `${path}: ${message}`, cause } as const;
  return { layer: 'record', ...found, ...(remedy !== undefined && { remedy }) };
}

/** What an opening has passed that failed at a layer, or that did not fail. */
function passed(node: NodeSettings, { layers, opened }: Way<Via>, end?: LayerName): readonly Finding[] {
  if (layers.some(({ name }) => name === end)) return [];
  const at = opened.findIndex(({ layer }) => layer === end);
  return opened.slice(0, at < 0 ? opened.length : at).flatMap(({ layer, passed: words }) => {
    const message = words(node);
    return message === undefined ? [] : [{ layer, verdict: 'pass', message } as const];
  });
}

function skipped(findings: readonly Finding[], order: readonly LayerName[]): readonly Finding[] {
  const failed = findings.find(({ verdict }) => verdict === 'fail');
  const seen = new Set(findings.map(({ layer }) => layer));
  return order
    .filter((layer) => !seen.has(layer))
    .map((layer) => ({ layer, verdict: 'skip', message: `not examined, as ${failed?.layer} failed` }));
}
