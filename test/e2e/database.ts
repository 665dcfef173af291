import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/process.ts';
import type { World } from './world.ts';

/** Arguments and environment of the program `mariadb` for a world's database. */
export async function client(world: World) {
  const state = JSON.parse(await readFile(join(world.sandbox, 'state.json'), 'utf8'));
  const url: string = state.services.find(({ name }: { name: string }) => name === 'mariadb').url;
  const port = /:(\d+)\//.exec(url)?.[1] ?? '';
  const args = ['--no-defaults', '-h127.0.0.1', `-P${port}`, '-uglance'];
  return { args, env: { MYSQL_PWD: await secret(world, 'glance_database_password') } };
}

/** What a statement gives, a line a row. */
export async function sql(world: World, statement: string): Promise<string> {
  const { args, env } = await client(world);
  return (await run('mariadb', [...args, '-N', 'glance', '-e', statement], { env })).stdout.trim();
}

/** A password that the sandbox has made. */
export async function secret(world: World, name: string): Promise<string> {
  const text = await readFile(join(world.sandbox, 'secrets.yaml'), 'utf8');
  return new RegExp(`^${name}: ["']?([^"'\\s]+)`, 'm').exec(text)?.[1] ?? '';
}
