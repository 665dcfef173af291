import { expect, test } from 'vitest';
import { glanceProductFile } from '../../../src/components/glance/package/package.ts';
import { actionsOf } from '../../../src/msi/rows/service-actions.ts';
import { loadProduct } from '../../../src/product/load.ts';

test('msiexec alone has Windows restart every service that fails, at an end with an error too', async () => {
  const { services } = await loadProduct(glanceProductFile(), {}, { texts: [], bytecode: [], python: [] });
  const commands = actionsOf({ services, directories: [] }).map(({ call }) =>
    'command' in call ? call.command : '',
  );
  expect(services).toHaveLength(3);
  for (const { name } of services)
    for (const line of [
      `failure "${name}" reset= 86400 actions= restart/10000/restart/60000/restart/300000`,
      `failureflag "${name}" 1`,
    ])
      expect(commands).toContain(`"[System64Folder]sc.exe" ${line}`);
});
