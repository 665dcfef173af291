import { join } from 'node:path';
import { payloadFolder } from '../../src/components/glance/package/package.ts';
import { type PayloadRequest, resolvePayload } from '../../src/payload/resolve.ts';
import type { PayloadTree } from '../../src/payload/tree/tree.ts';
import { aDeployment } from '../fixtures/deployment.ts';

const { payload } = aDeployment().build();
/** Kept between runs, as it holds what came over the network. */
const cache = join(import.meta.dirname, '../../.oriel/cache');

export const request: PayloadRequest = {
  folder: payloadFolder(),
  release: '2024.2',
  payload,
  directory: '/',
  cache,
  emit: () => {},
};

/** The true payload needs uv, Maven and the network once; where one is missing, `missing` says which. */
export async function truePayload(): Promise<{ readonly tree?: PayloadTree; readonly missing: string }> {
  try {
    return { tree: await resolvePayload(request), missing: '' };
  } catch (error) {
    return { missing: ` (skipped: ${error instanceof Error ? error.message.split('\n')[0] : error})` };
  }
}
