import type { Emit } from '../events/events.ts';
import { readSigner, type Signer } from '../msi/sign/signer.ts';
import type { Deployment } from '../site/deployment.ts';

/** Who signs the packages of a site, where it names somebody. Throws BuildError before anything is made: a build takes minutes. */
export async function findSigner({ msi }: Pick<Deployment, 'msi'>, emit: Emit): Promise<Signer | undefined> {
  if (!msi.sign) return undefined;
  const signer = await readSigner(msi.sign);
  if (!signer.repeatable) {
    const why = msi.sign.timestamp ? 'a time stamp' : 'a key on an elliptic curve';
    const message = `${why} makes another signature each time: the package is not the same bytes in every build`;
    emit({ kind: 'note', level: 'warning', message });
  }
  return signer;
}
