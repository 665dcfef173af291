import { join } from 'node:path';
import { readBuilt } from '../../build/built.ts';
import { componentsOf } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
import { CallError, ResourceError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { type Connections, nodeSession } from '../../plan/observe/make-plan.ts';
import type { RenderedFile } from '../../render/rendered.ts';
import {
  filesPath,
  type Generation,
  indexPath,
  readFiles,
  readIndex,
} from '../../resources/generation/resource.ts';
import type { Declaration } from '../../resources/model/resource.ts';
import { packagePath } from '../../resources/package/resource.ts';
import { Secret } from '../../secret.ts';
import type { Session } from '../../session/session.ts';
import type { Deployment } from '../../site/deployment.ts';
import { nodesOf } from '../compose/nodes.ts';
import { flagWords, type RollbackWords } from './words.ts';

/** A component whose nodes keep what they served well with. */
export type RollbackComponent = Component & Required<Pick<Component, 'rollback' | 'package'>>;

/** What each node of a component keeps, or is to go back to. */
export type ByComponent<Value> = ReadonlyMap<RollbackComponent, ReadonlyMap<string, Value>>;

/**
 * What each node keeps to go back to, newest first, by component; nodes that are not reached are left out, and so are those that do
 * not say, where that is told to `emit`. Throws ResourceError; without `emit` SessionError and CallError.
 */
export async function readGenerations(
  deployment: Deployment,
  connections: Connections,
  emit?: Emit,
): Promise<ByComponent<readonly Generation[]>> {
  const kept = rollbackComponents(deployment).map(async (component) => {
    const found = await Promise.all(
      nodesOf(component, deployment).map(async ({ name }) => {
        const session = nodeSession(connections, name);
        if (!session) return [];
        const path = indexPath(component.rollback.kept);
        const answer = await orLeftOut(emit, () => session.call({ call: 'Get-FileContent', path }));
        if (answer === undefined) return [];
        const own = readIndex(answer);
        if (own) return [[name, own] as const];
        throw new ResourceError(name, `generation/${component.name}`, `${path} does not say what is kept`);
      }),
    );
    return [component, new Map(found.flat())] as const;
  });
  return new Map(await Promise.all(kept));
}

/** What a node says; undefined, and told, where it does not: the others go on without it. */
async function orLeftOut<Answer>(
  emit: Emit | undefined,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!emit || !(error instanceof SessionError || error instanceof CallError)) throw error;
    emit({ kind: 'node-failed', node: error.node, message: error.message });
    return undefined;
  }
}

/** The newest of what each node keeps: what it has now. */
export function newestOf(kept: ByComponent<readonly Generation[]>): ByComponent<Generation> {
  return new Map(
    [...kept].map(([component, nodes]) => [
      component,
      new Map([...nodes].flatMap(([node, [newest]]) => (newest ? [[node, newest] as const] : []))),
    ]),
  );
}

/** The nodes of all components. */
export function nodesIn(values: ByComponent<unknown>): readonly string[] {
  return [...new Set([...values.values()].flatMap((nodes) => [...nodes.keys()]))];
}

function rollbackComponents(deployment: Deployment): readonly RollbackComponent[] {
  return componentsOf(deployment).flatMap((component) =>
    component.rollback && component.package ? [component as RollbackComponent] : [],
  );
}

interface RollbackContext {
  readonly salt: string;
  /** Told of nodes that are left out. */
  readonly emit: Emit;
  /** Default: those of the command line. */
  readonly words?: RollbackWords;
}

/** Back to what on which node. */
interface Return {
  readonly component: RollbackComponent;
  readonly target: Generation;
  readonly session: Session;
  readonly words: RollbackWords;
}

/**
 * All that the site wants on nodes, with the package and the configuration of what each is to go back to in place of those of
 * today; what components share is left as it is, and so are nodes that do not answer. Throws ResourceError where something of it is
 * gone.
 */
export async function declareRollback(
  deployment: Deployment,
  targets: ByComponent<Generation>,
  connections: Connections,
  { salt, emit, words = flagWords }: RollbackContext,
): Promise<readonly Declaration[]> {
  const own = [...targets].flatMap(([component, generations]) =>
    deployment.nodes.map(async (node) => {
      const target = generations.get(node.name);
      const session = nodeSession(connections, node.name);
      if (!target || !session) return [];
      const back = { component, target, session, words };
      const kept = await orLeftOut(emit, async () => ({
        files: await keptFiles(back),
        path: await sourceOf(back, deployment),
      }));
      if (!kept) return [];
      const { files, path } = kept;
      const site = component.rollback.keptDeployment(
        { ...deployment, release: target.release, nodes: [node] },
        files,
      );
      return component.declare(site, {
        package: { ...target, ...(path && { path }) },
        files: () => files,
        salt,
      });
    }),
  );
  return (await Promise.all(own)).flat();
}

/** Where the package is brought from: nowhere where the node still has it, else the folder of built ones. */
async function sourceOf(
  { component, target, session, words }: Return,
  { directory }: Deployment,
): Promise<string | undefined> {
  const { name, package: product, rollback } = component;
  const path = packagePath({ ...target, name: product.name, directory: rollback.packages });
  const { sha256 } = await session.call<{ sha256?: string }>({ call: 'Get-FileState', path });
  if (sha256 === target.sha256) return undefined;
  const built = await readBuilt(product, { release: target.release }, join(directory, 'dist'));
  if (built?.sha256 === target.sha256) return built.path;
  throw new ResourceError(
    session.node,
    `generation/${name}`,
    `the package of ${target.name} is gone: it is neither in ${path} nor in dist`,
    `${words.another}, or bring the package back to one of these places`,
  );
}

async function keptFiles({
  component: { name, rollback },
  target,
  session,
  words,
}: Return): Promise<readonly RenderedFile[]> {
  const path = filesPath(rollback.kept, target);
  const files = readFiles(await session.call({ call: 'Get-FileContent', path }));
  if (!files)
    throw new ResourceError(
      session.node,
      `generation/${name}`,
      `the configuration of ${target.name} is gone: ${path} does not hold it`,
      words.another,
    );
  return files.map(({ name, content }) => ({
    name,
    target: `${rollback.config}\\${name}`,
    shown: '',
    content: new Secret(name, content.toString('utf8')),
  }));
}
