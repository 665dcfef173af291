import { expect } from 'vitest';
import { createImage, type Place, send } from './client.ts';

/** Sends the data of an image; gives the status and what was said. */
export async function upload(place: Place, id: string, data: Buffer, store?: string) {
  return words(
    await send(place, 'PUT', `/v2/images/${id}/file`, data, store ? { 'X-Image-Meta-Store': store } : {}),
  );
}

export async function download(place: Place, id: string) {
  return words(await send(place, 'GET', `/v2/images/${id}/file`));
}

export async function remove(place: Place, id: string) {
  return words(await send(place, 'DELETE', `/v2/images/${id}`));
}

/** An image that is there, with these data. */
export async function storedImage(place: Place, name: string, data: Buffer): Promise<string> {
  const id = await createImage(place, name);
  expect(await upload(place, id, data)).toMatchObject({ status: 204 });
  return id;
}

export interface Import {
  readonly method: { readonly name: 'glance-direct' | 'web-download' | 'copy-image'; readonly uri?: string };
  readonly stores: readonly string[];
}

export async function importImage(place: Place, id: string, wanted: Import): Promise<void> {
  expect(await send(place, 'POST', `/v2/images/${id}/import`, JSON.stringify(wanted))).toMatchObject({
    status: 202,
  });
}

/** Imports, and waits until the task of it has ended in this way. */
export async function importEnds(
  place: Place,
  id: string,
  wanted: Import,
  status: 'success' | 'failure',
): Promise<void> {
  await importImage(place, id, wanted);
  const task = () => taskOf(place, id, wanted.method.name);
  await expect.poll(task, { interval: 300 }).toMatchObject({ status });
}

/** The task of an import into an image. */
export async function taskOf(place: Place, id: string, method: string): Promise<Task | undefined> {
  const { tasks } = JSON.parse((await send(place, 'GET', `/v2/images/${id}/tasks`)).body.toString());
  return (tasks as readonly Task[]).find(({ input }) => input.import_req.method.name === method);
}

interface Task {
  readonly status: string;
  readonly message: string;
  readonly input: { readonly import_req: { readonly method: { readonly name: string } } };
}

function words({ status, body }: { readonly status: number; readonly body: Buffer }) {
  return { status, body, text: status < 400 ? '' : body.toString('utf8') };
}
