import { imagesClient, type ListedImage } from '../../../openstack/images.ts';
import type { Deployment } from '../../../site/deployment.ts';
import type { KeptFile } from '../../../verify/checks/storage/model/check.ts';
import { settingsOf } from '../site/settings.ts';
import { accessOf, imageServices, isAdministrator, remedies } from './service.ts';

/** The files of images on a share: the filesystem store calls each by the id of its image. Throws RequestError. */
export async function keptFiles(
  deployment: Deployment,
  share: string,
  signal: AbortSignal,
): Promise<readonly KeptFile[]> {
  const { stores } = settingsOf(deployment);
  const here = stores.filter((store) => store.share?.name === share).map(({ name }) => name);
  const [service] = imageServices(deployment);
  if (!service) return [];
  const images = await imagesClient({ access: accessOf(deployment), signal, remedies }).list(service);
  return images.map((image) => ({
    name: image.id,
    bytes: image.size,
    file: fileOf(image, here, stores.length),
  }));
}

/** Whether that list has every image: of an administrator, where no deleted image waits for its file to be removed. Throws RequestError. */
export async function seesAllFiles(deployment: Deployment, signal: AbortSignal): Promise<boolean> {
  const { features, options } = settingsOf(deployment);
  const delayed = features.includes('scrubber') || isOn(options.DEFAULT?.delayed_delete);
  return !delayed && isAdministrator(deployment, signal);
}

function isOn(value: unknown): boolean {
  return value !== undefined && String(value).toLowerCase() !== 'false';
}

/** Data that moves, or that is deleted later, may be there; an image that waits for its first upload has none. */
const moving = /^(saving|uploading|importing|pending_delete)$/;

/** Whether an image has a file in one of these stores. */
export function fileOf(
  { status, stores }: Omit<ListedImage, 'id' | 'size'>,
  here: readonly string[],
  count: number,
): KeptFile['file'] {
  if (moving.test(status)) return 'possible';
  if (status !== 'active' && status !== 'deactivated') return 'none';
  if (stores === undefined) return count === 1 ? 'needed' : 'possible';
  return stores.split(',').some((name) => here.includes(name)) ? 'needed' : 'none';
}
