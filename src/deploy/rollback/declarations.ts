import { join } from 'node:path';
import { served } from '../../components/glance/declare/live-settings.ts';
import { declareGlance } from '../../components/glance/declare/resources.ts';
import { packageName, windowsPaths } from '../../components/glance/facts/paths.ts';
import { readBuilt } from '../../components/glance/package/product.ts';
import { ResourceError } from '../../errors.ts';
import { type Connections, nodeSession, nodeSessions } from '../../plan/observe/make-plan.ts';
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
import type { Deployment, Release } from '../../site/deployment.ts';

/**
 * What each node keeps to go back to, newest first; nodes that are not reached are left out. Throws ResourceError.
 */
export async function readGenerations(
  connections: Connections,
): Promise<ReadonlyMap<string, readonly Generation[]>> {
  const found = await Promise.all(
    nodeSessions(connections).map(async (session) => {
      const { node } = session;
      const path = indexPath(windowsPaths.kept);
      const kept = readIndex(await session.call({ call: 'Get-FileContent', path }));
      if (kept) return [[node, kept] as const];
      throw new ResourceError(node, 'generation/glance', `${path} does not say what is kept`);
    }),
  );
  return new Map(found.flat());
}

/**
 * All that the site wants on nodes, with the package and the configuration of what each is to go back to in place of those of
 * today; the schema of the database is left as it is. Throws ResourceError where something of it is gone.
 */
export async function declareRollback(
  deployment: Deployment,
  targets: ReadonlyMap<string, Generation>,
  connections: Connections,
  salt: string,
): Promise<readonly Declaration[]> {
  const declared = await Promise.all(
    deployment.nodes.map(async (node) => {
      const target = targets.get(node.name);
      const session = nodeSession(connections, node.name);
      if (!target || !session) return [];
      const files = await keptFiles(target, session);
      const site = served({ ...deployment, release: target.release, nodes: [node] }, files);
      const path = await sourceOf(deployment, target, session);
      return declareGlance(site, { msi: { ...target, ...(path && { path }) }, files: () => files, salt });
    }),
  );
  return declared.flat();
}

/** Where the package is brought from: nowhere where the node still has it, else the folder of built ones. */
async function sourceOf(
  { directory }: Deployment,
  target: Generation,
  session: Session,
): Promise<string | undefined> {
  const path = packagePath({ ...target, name: packageName, directory: windowsPaths.packages });
  const { sha256 } = await session.call<{ sha256?: string }>({ call: 'Get-FileState', path });
  if (sha256 === target.sha256) return undefined;
  const built = await readBuilt({ release: target.release as Release }, join(directory, 'dist'));
  if (built?.sha256 === target.sha256) return built.path;
  throw new ResourceError(
    session.node,
    'generation/glance',
    `the package of ${target.name} is gone: it is neither in ${path} nor in dist`,
    'go back to another one (--to), or bring the package back to one of these places',
  );
}

async function keptFiles(target: Generation, session: Session): Promise<readonly RenderedFile[]> {
  const path = filesPath(windowsPaths.kept, target);
  const files = readFiles(await session.call({ call: 'Get-FileContent', path }));
  if (!files)
    throw new ResourceError(
      session.node,
      'generation/glance',
      `the configuration of ${target.name} is gone: ${path} does not hold it`,
      'go back to another one (--to)',
    );
  return files.map(({ name, content }) => ({
    name,
    target: `${windowsPaths.config}\\${name}`,
    shown: '',
    content: new Secret(name, content.toString('utf8')),
  }));
}
