import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClusterState, type Place, readCluster } from '../../src/drill/cluster-state.ts';
import type { Member } from '../../src/drill/stage.ts';
import { clusterOf } from '../../src/sandbox/cmdlets/cmdlet/cluster-state.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import type { FaultName } from '../../src/sandbox/node/faults.ts';
import { noFaults } from '../../src/sandbox/node/faults.ts';
import type { AgentCall, Session } from '../../src/session/session.ts';
import { aDeployment, images } from '../fixtures/deployment.ts';
import { aSimulatedNode } from '../sandbox/stand-ins.ts';
import { standInSession } from '../verify/storage/stand-in-session.ts';

export const share = { ...images, scope: 'SOFS1', path: '\\\\SOFS1.example.org\\images' };
export const place: Place = { share, folder: 'C:\\ClusterStorage\\Volume1\\images' };

/** Two nodes of one cluster, S2D-1 and S2D-2, and how it is told what is wrong with it. */
export interface TestCluster {
  readonly nodes: readonly StandIn[];
  /** All that a drill has to leave as it was. */
  readonly state: () => Promise<ClusterState & { readonly disks: unknown; readonly jobs: unknown }>;
}

export async function aCluster(folder: string, fault?: FaultName): Promise<TestCluster> {
  const faults = fault === undefined ? noFaults : { isOn: (name: FaultName) => name === fault };
  const nodes: StandIn[] = [];
  for (const name of ['s2d-1', 's2d-2']) {
    const own = join(folder, name);
    await mkdir(own, { recursive: true });
    const node = { ...(await aSimulatedNode(own)), name, computer: name.toUpperCase(), faults };
    nodes.push({ ...node, shared: nodes[0]?.shared ?? node.shared });
  }
  const [first] = nodes as [StandIn];
  return {
    nodes,
    async state() {
      const { volumes, jobs } = clusterOf(first);
      return {
        ...(await readCluster(standInSession(first), place)),
        disks: volumes.map(({ disk }) => disk),
        jobs,
      };
    },
  };
}

export function membersOf(
  { nodes }: TestCluster,
  wrap = (session: Session): Session => session,
): readonly Member[] {
  return nodes.map((node) => ({ computer: node.computer, session: wrap(standInSession(node)) }));
}

/** Two storage nodes of the cluster, and an image service. */
export function aSite(directory: string) {
  return aDeployment()
    .withNode('glance-1')
    .withNode('s2d-1', { roles: ['storage'] })
    .withNode('s2d-2', { roles: ['storage'] })
    .withGlance({ stores: [{ name: 'images', type: 'file', default: true, share, options: {} }] })
    .with({ shares: { images: share }, directory, file: join(directory, 'site.yaml') })
    .build();
}

/** A session that does something before or after each of its calls. */
export function watched(
  session: Session,
  { before, after }: { before?: (call: AgentCall) => void; after?: (call: AgentCall) => void },
): Session {
  return {
    ...session,
    async call<Result>(call: AgentCall): Promise<Result> {
      before?.(call);
      const result = await session.call<Result>(call);
      after?.(call);
      return result;
    },
  };
}
