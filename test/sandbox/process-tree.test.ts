import { expect, test } from 'vitest';
import { treeOf } from '../../src/sandbox/node/process-tree.ts';

test('ends where a number was given away again, and a process seems to be above its parents', () => {
  const services = { pid: 56, parent: 40, name: 'services.exe' };
  const wrapper = { pid: 80, parent: 56, name: 'oriel-glance-api.exe' };
  const python = { pid: 40, parent: 80, name: 'python.exe' };
  expect(treeOf([services, wrapper, python], 80)).toEqual([wrapper, python, services]);
});
