import { z } from 'zod';
import { authenticate, type PasswordCredentials } from './tokens.ts';

/** Which endpoints of the catalogue are meant. */
export interface EndpointQuery {
  /** Of the service, as the catalogue has it: `image`, `compute`. */
  readonly type: string;
  readonly region: string;
  readonly interface: 'public' | 'internal' | 'admin';
}

const grammar = z.object({
  token: z.object({
    catalog: z
      .array(
        z.object({
          type: z.string().max(255),
          endpoints: z
            .array(
              z.object({
                interface: z.string().max(255),
                region: z.string().max(255),
                url: z.string().max(4096),
              }),
            )
            .max(1_000),
        }),
      )
      .max(10_000),
  }),
});

/** URLs by which the catalogue says that a service is reached. Throws RequestError. */
export async function endpointUrls(
  credentials: PasswordCredentials,
  { type, region, interface: face }: EndpointQuery,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const answer = await authenticate(credentials, signal);
  const { token } = await answer.json(grammar);
  return token.catalog
    .filter((service) => service.type === type)
    .flatMap(({ endpoints }) => endpoints)
    .filter((endpoint) => endpoint.interface === face && endpoint.region === region)
    .map(({ url }) => url);
}
