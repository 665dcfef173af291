import { type CheckOutcome, fail, pass, skip } from '../../../verify/check.ts';
import type { ImageProof, ProvenImage } from './round-trip.ts';

/** Whether the caller is an administrator, to whom a service gives what it withholds from others. Throws RequestError. */
export type IsAdministrator = (signal: AbortSignal) => Promise<boolean>;

/** Takes an image out of use and back: every node has to know, and to withhold its data. */
export function deactivation(isAdministrator: IsAdministrator): ImageProof {
  return (image) => [
    {
      ...{ id: image.id('deactivate'), node: image.from.service, needs: [image.id('upload')] },
      title: 'deactivate the image, and reactivate it',
      why: 'An image that is found to be unsafe is deactivated: a node that gives it out all the same starts machines from it.',
      remedy: 'see whether all nodes have the same database and policy (oriel drift)',
      run: image.run(async (client, context) => {
        const { from } = image;
        const id = image.image(context);
        if (!(await client.deactivate(from, id)))
          return skip('the user of the service may not deactivate images: a policy denies it');
        let found: CheckOutcome;
        try {
          found = await lookAtDeactivated(client, image, id, () => isAdministrator(context.signal));
        } finally {
          await client.reactivate(from, id);
        }
        const { status } = await client.show(from, id);
        return status === 'active' ? found : fail(`the image is ${status} after it was reactivated`);
      }),
    },
  ];
}

async function lookAtDeactivated(
  client: Parameters<Parameters<ProvenImage['run']>[0]>[0],
  { from, others }: ProvenImage,
  id: string,
  isAdministrator: () => Promise<boolean>,
): Promise<CheckOutcome> {
  const given: string[] = [];
  for (const at of [from, ...others]) {
    const { status } = await client.show(at, id);
    if (status !== 'deactivated') return fail(`${at.service} has the image as ${status}, not deactivated`);
    if (!(await client.isWithheld(at, id))) given.push(at.service);
  }
  const evidence = { image: id, given };
  if (given.length === 0) return pass('every node withholds it while it is deactivated', evidence);
  if (!(await isAdministrator()))
    return fail(`${given.join(', ')} gives a deactivated image to who is no administrator`);
  return pass(
    'every node has it as deactivated; that its data is withheld is not shown, as an administrator asks',
    evidence,
  );
}
