import type { Secret } from '../secret.ts';
import type { Answer } from './answer.ts';
import { type Headers, type Request, send } from './http.ts';

/** What makes a caller known to services: headers, for as long as they are good, which is less than a long run. */
export interface Authorization {
  readonly current: () => Promise<Headers>;
  /** Others in place of `old`, which are refused; absent where there are no others. */
  readonly renew?: (old: Headers) => Promise<Headers>;
}

/** Access by headers that never change. */
export function fixedAccess(headers: Headers): Authorization {
  return { current: async () => headers };
}

/** Access by token: issues one once, and again when it is refused; those who are refused at the same time share the new one. */
export function tokenAccess(issue: () => Promise<Secret>): Authorization {
  let current: Promise<Headers> | undefined;
  const begin = (): Promise<Headers> => {
    const issued = issue().then((token): Headers => ({ 'X-Auth-Token': token }));
    current = issued;
    // A failure is not kept: the next one who asks may have more luck.
    issued.catch(() => {
      if (current === issued) current = undefined;
    });
    return issued;
  };
  return {
    current: () => current ?? begin(),
    async renew(old) {
      const known = await current?.catch(() => undefined);
      return known && known !== old && current ? current : begin();
    },
  };
}

/** Sends a request with an access; what is refused with 401 is sent again with another token, once. Throws RequestError. */
export async function sendAs(access: Authorization, request: Request): Promise<Answer> {
  const headers = await access.current();
  const as = (known: Headers): Request => ({ ...request, headers: { ...request.headers, ...known } });
  if (!access.renew) return send(as(headers));
  const answer = await send({ ...as(headers), accept: [...request.accept, 401] });
  if (answer.status !== 401) return answer;
  await answer.discard();
  return send(as(await access.renew(headers)));
}
