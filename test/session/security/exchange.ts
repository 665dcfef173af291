import type { SecurityContext } from '../../../src/session/security/context.ts';

/** Lets two ends step until neither has more to say; gives how many tokens went either way. */
export async function exchange(client: SecurityContext, server: SecurityContext): Promise<number> {
  let tokens = 0;
  for (let token = await client.step(); token; ) {
    tokens += 1;
    const answer = await server.step(token);
    if (!answer) break;
    tokens += 1;
    token = await client.step(answer);
  }
  return tokens;
}

/** Sends messages both ways, in turns, as requests and their answers; each has to come out as it went in. Gives how many did. */
export async function talk(
  client: SecurityContext,
  server: SecurityContext,
  messages: readonly Buffer[],
): Promise<number> {
  let same = 0;
  for (const message of messages) {
    if ((await server.open(await client.seal(message))).equals(message)) same += 1;
    if ((await client.open(await server.seal(message))).equals(message)) same += 1;
  }
  return same;
}
