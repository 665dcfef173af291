import { z } from 'zod';
import { type Content, type ImagesEndpoint, pathOf, type SendImages, sendContent } from './image-request.ts';

const importGrammar = z.object({
  'import-methods': z.object({ value: z.array(z.string().max(255)).max(100) }),
});

/** What is done to an image besides giving and taking its data (Images API v2: import, actions); all throw RequestError. */
export interface ImageActions {
  /** The ways of import that a service offers; none where it has no import. */
  readonly importMethods: (at: ImagesEndpoint) => Promise<readonly string[]>;
  /** Brings data to where an import finds it: to the node that is asked, and to no other. */
  readonly stage: (at: ImagesEndpoint, id: string, content: Content) => Promise<void>;
  /** Begins the import of what was staged; the status of the image tells its end. */
  readonly importStaged: (at: ImagesEndpoint, id: string, method: string) => Promise<void>;
  /** Whether the caller may do that: 403 is no failure. */
  readonly deactivate: (at: ImagesEndpoint, id: string) => Promise<boolean>;
  /** Also where somebody interrupts. */
  readonly reactivate: (at: ImagesEndpoint, id: string) => Promise<void>;
  /** Whether the service gives nobody the data: 403. */
  readonly isWithheld: (at: ImagesEndpoint, id: string) => Promise<boolean>;
}

/** A client of those calls. */
export function imageActions(ask: SendImages, signal: AbortSignal): ImageActions {
  const act = async (at: ImagesEndpoint, id: string, action: string, accept: readonly number[]) => {
    // Whoever interrupts wants the image as it was.
    const options = action === 'reactivate' ? {} : { signal };
    const answer = await ask(at, `${pathOf(id)}/actions/${action}`, { method: 'POST', accept, ...options });
    await answer.discard();
    return answer.status;
  };
  return {
    async importMethods(at) {
      const answer = await ask(at, '/v2/info/import', { method: 'GET', accept: [200, 404], signal });
      if (answer.status === 200) return (await answer.json(importGrammar))['import-methods'].value;
      await answer.discard();
      return [];
    },
    stage: (at, id, content) => sendContent(ask, { at, path: `${pathOf(id)}/stage`, content, signal }),
    async importStaged(at, id, method) {
      const body = JSON.stringify({ method: { name: method } });
      const headers = { 'content-type': 'application/json' };
      const details = { method: 'POST', accept: [202], headers, body, signal } as const;
      await (await ask(at, `${pathOf(id)}/import`, details)).discard();
    },
    deactivate: async (at, id) => (await act(at, id, 'deactivate', [204, 403])) === 204,
    reactivate: async (at, id) => void (await act(at, id, 'reactivate', [204])),
    async isWithheld(at, id) {
      const answer = await ask(at, `${pathOf(id)}/file`, { method: 'GET', accept: [200, 403], signal });
      await answer.discard();
      return answer.status === 403;
    },
  };
}
