import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { findUv } from '../../src/payload/lock/uv.ts';
import { run } from '../../src/process.ts';
import { whyNoMariaDb } from '../../src/sandbox/services/mariadb.ts';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import type { Release } from '../../src/site/deployment.ts';
import { leftOut, whole } from '../extent.ts';
import { type GlanceNode, glanceNode, lastWords } from './node.ts';
import { connectionRows } from './rows/connections.ts';
import { endingRows, stoppingRows } from './rows/ending.ts';
import { importRows, largeImageRow } from './rows/imports.ts';
import { installedRows } from './rows/installed.ts';
import { loadRows } from './rows/load.ts';
import { neededRows } from './rows/needed/index.ts';
import { allAreShown } from './rows/needed/without.ts';
import { outageRows } from './rows/outages.ts';
import { programRows } from './rows/programs.ts';
import { scrubbingRows } from './rows/scrubbing.ts';
import { servingRows } from './rows/serving.ts';
import { upstreamRows } from './rows/upstream.ts';

/** Cases that are tried on a node; they run in their order and, but for the last, find the service running and leave it so. */
export type Rows = (node: () => GlanceNode) => void;

const missing = await whatIsMissing();

async function whatIsMissing(): Promise<string | undefined> {
  if (!(await wineAvailable())) return whyNoWine;
  const database = whyNoMariaDb();
  if (database) return database;
  const tools = [findUv(), run('mvn', ['--version'])];
  return Promise.all(tools).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** The oldest and the newest: what changes from one release to the next is at the ends. */
const sample: readonly Release[] = ['2023.1', '2024.2'];

/** All that has to hold for a release of Glance in Wine, on one node that is made once. */
export function acceptance(release: Release): void {
  const why = missing ?? (whole || sample.includes(release) ? undefined : leftOut);
  const title = `Glance of ${release} as a service in Wine${why ? ` (left out: ${why})` : ''}`;
  describe.skipIf(why)(title, () => {
    let node: GlanceNode;
    const theNode = () => node;
    beforeAll(async () => {
      node = await glanceNode(release);
    });
    afterAll(() => node?.close());
    afterEach(({ task }) => {
      if (task.result?.state === 'fail') console.error(lastWords(node));
    });

    const { before, after } = installedRows();
    for (const rows of [before, servingRows, stoppingRows, loadRows, connectionRows, importRows])
      rows(theNode);
    if (release === '2024.2') largeImageRow(theNode);
    for (const rows of [programRows, outageRows, scrubbingRows, upstreamRows, endingRows]) rows(theNode);
    describe('without a repair', () => neededRows(theNode));
    after(theNode);
  });
  allAreShown();
}
