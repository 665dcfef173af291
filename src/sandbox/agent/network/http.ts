import http from 'node:http';
import https from 'node:https';
import type { AgentResults } from '../../../session/agent-link/agent-calls.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

const bodyKept = 4096;

export const httpFunctions = {
  'Test-Http': async ({ url, timeout }, { signal }) => {
    if (!URL.canParse(url))
      throw new AgentFailure('BadParameter', `${url} is no web address`, 'InvalidArgument');
    const deadline = AbortSignal.timeout(timeout * 1000);
    try {
      return await get(url, AbortSignal.any([signal, deadline]));
    } catch (error) {
      const reason = deadline.aborted ? `no answer within ${timeout} s` : (error as Error).message;
      return { ok: false, error: reason };
    }
  },
} satisfies Partial<AgentFunctions>;

/** node:http knows no proxy and follows no redirect by itself. */
function get(url: string, signal: AbortSignal): Promise<AgentResults['Test-Http']> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const request = client.get(url, { signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (): void => {
        const status = response.statusCode ?? 0;
        const body = Buffer.concat(chunks).subarray(0, bodyKept).toString('utf8');
        resolve({ ok: status >= 200 && status < 300, status, body });
        response.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= bodyKept) finish();
      });
      response.on('end', finish);
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
