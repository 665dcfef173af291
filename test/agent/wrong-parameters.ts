import { contractCases, fillIn, type Variables } from './cases.ts';
import { callNames, requestProblems } from './protocol-schema.ts';

type Request = { readonly call: string; readonly [parameter: string]: unknown };

/** A request that its call has to refuse for its parameters, whatever the platform has. */
export interface WrongRequest {
  readonly why: string;
  readonly request: Request;
}

const others: readonly unknown[] = [{ odd: 1 }, [[1]], 1.5, 'x'];

/**
 * For every call of the protocol: without what it needs, with a parameter that it does not have, and with each of its parameters of
 * another type; made of the requests of the cases. And all that a case says to be wrong on any platform.
 */
export function wrongRequests(variables: Variables): readonly WrongRequest[] {
  const sent = contractCases().flatMap(({ calls }) =>
    calls.flatMap(({ send, expect }) => (send ? [{ send: send as Request, expect }] : [])),
  );
  const generated = callNames.flatMap((call): readonly WrongRequest[] => {
    const good = sent.find(({ send, expect }) => send.call === call && 'result' in expect)?.send;
    const base = good ?? { call };
    const names = Object.keys(base).filter((name) => name !== 'call');
    return [
      { why: `${call} with what it does not have`, request: { ...base, notOfIt: 1 } },
      ...names.map((name) => ({ why: `${call} without ${name}`, request: without(base, name) })),
      ...names.flatMap((name) =>
        others.map((value) => ({
          why: `${call} with ${name} ${JSON.stringify(value)}`,
          request: { ...base, [name]: value },
        })),
      ),
    ];
  });
  const told = sent
    .filter(({ expect }) => kindOf(expect) === 'BadParameter')
    .map(({ send }) => ({ why: `${send.call} as in its cases`, request: send }));
  // The schema has the paths of Windows; those of this platform are put in afterwards.
  const onWindows = { ...variables, root: 'C:\\none', separator: '\\' };
  const isWrong = (request: Request): boolean =>
    requestProblems(fillIn({ id: 1, ...request }, onWindows) as Request).length > 0;
  return [...generated.filter(({ request }) => isWrong(request)), ...told].map(({ why, request }) => ({
    why,
    request: fillIn(request, variables) as Request,
  }));
}

function without(request: Request, name: string): Request {
  return Object.fromEntries(Object.entries(request).filter(([each]) => each !== name)) as Request;
}

function kindOf(expected: object): unknown {
  return Object(Object(expected).error).kind;
}
