import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { leftOut, whole } from '../../extent.ts';
import { temporaryFolder } from '../../fixtures/folders.ts';
import { statusLines } from '../world.ts';
import { aDispatchedWorld, buildCharm, type DispatchedWorld } from './dispatched.ts';

// A hook and all that it has started end in their middle: the machine was out of memory. Juju runs it again.
const folder = temporaryFolder('oriel-charm-killed-');
/** After so many things that oriel did on the node, or hook tools that it asked. */
const points = [
  ...[...Array(14).keys()].map((index) => ['done on the node', 5 + index * 12] as const),
  ...[...Array(6).keys()].map((index) => ['asked of Juju', 1 + index * 41] as const),
];

let charm: string;
/** Of a unit whose hooks all came to their end. */
let healthy: Left;
beforeAll(async () => {
  if (!whole) return;
  charm = await buildCharm('proxy', folder);
  healthy = await settled(() => {});
});

test.skipIf(!whole).each(points)(
  `a hook that is killed when so much was %s: %d${whole ? '' : ` (${leftOut})`}`,
  async (where, at) => {
    let left = at;
    const killed = await settled((world) => {
      const count = (): void => {
        left -= 1;
        if (left === 0) world.agent.kill();
      };
      if (where === 'asked of Juju') world.agent.tools.asked = count;
      else world.control.touched = count;
    });
    expect(killed).toMatchObject({ killed: 1, installed: 1, status: ['active: ready'], processes: [] });
    const more = without(killed.files, healthy.files);
    const less = without(healthy.files, killed.files);
    expect([more, less], [...more, ...less].join(' ')).toEqual([[], []]);
  },
);

interface Left {
  readonly status: readonly string[];
  readonly killed: number;
  readonly installed: number;
  /** Paths of all files of the node and of what the unit keeps. */
  readonly files: readonly string[];
  /** Command lines of what was started for the unit and runs still. */
  readonly processes: readonly string[];
}

/** Lets a unit come up; what is there then. */
async function settled(prepare: (world: DispatchedWorld) => void): Promise<Left> {
  const world = await aDispatchedWorld({ flavour: 'proxy', charm, seed: 2 });
  try {
    prepare(world);
    await world.settle();
    return {
      ...{ status: statusLines(world), killed: world.control.killed },
      installed: world.nodes.flatMap(({ effects }) => effects.filter((one) => one === 'install')).length,
      files: filesBelow(world.folder),
      processes: processesOf(world.folder),
    };
  } finally {
    await world.close();
  }
}

function filesBelow(place: string): readonly string[] {
  return (
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((path) => /^nodes\/|^unit-0\/oriel\//.test(path))
      // Named after their content, which has the port of SSH in it.
      .map((path) => path.replace(/-[0-9a-f]{12}\./, '-HASH.'))
      .sort()
  );
}

function without(all: readonly string[], others: readonly string[]): readonly string[] {
  return all.filter((each) => !others.includes(each));
}

/** Whatever names the folder of this world in its environment. */
function processesOf(place: string): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const of = readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(place);
      return of ? [readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}
