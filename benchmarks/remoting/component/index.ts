import { z } from 'zod';
import type { Component } from '../../../src/components/model/component.ts';
import { directory } from '../../../src/resources/directory/resource.ts';
import { environmentVariable } from '../../../src/resources/environment-variable/resource.ts';
import { file } from '../../../src/resources/file/resource.ts';
import { type Declaration, declare } from '../../../src/resources/model/resource.ts';
import { registryValue } from '../../../src/resources/registry-value/resource.ts';
import { directories, files, registryKey, registryValues, variables } from './checks.ts';

const name = 'checks';

/** Twenty things on each node, for the real `oriel plan` and `oriel apply`: nothing is installed. */
export const checks: Component = {
  name,
  title: name,
  releases: {},
  roles: [{ name, description: 'to be looked at' }],
  site: {
    grammar: z.strictObject({}).describe('Twenty things to look at'),
    rules: [],
    rawRules: [],
    gaps: [],
    settings: () => ({}),
    starter: `  ${name}: {}\n`,
  },
  files: () => [],
  declare: ({ nodes }, { salt }) => nodes.flatMap((node) => declareOn(node.name, salt)),
  remove: { declare: async () => [], grants: () => [], left: () => [] },
};

function declareOn(node: string, salt: string): readonly Declaration[] {
  const on = { component: name, node, needs: [] };
  const ensure = 'present';
  return [
    ...directories.map((path, index) =>
      declare({ ...on, resource: directory, name: `directory-${index}`, spec: { ensure, path } }),
    ),
    ...files.map(({ path, content }, index) => {
      const spec = { ensure, path, content, salt, stamps: [] } as const;
      return declare({ ...on, resource: file, name: `file-${index}`, spec });
    }),
    ...registryValues.map((each) => {
      const spec = { ensure, key: registryKey, type: 'String', ...each } as const;
      return declare({ ...on, resource: registryValue, name: each.name, spec });
    }),
    ...variables.map((each) =>
      declare({ ...on, resource: environmentVariable, name: each.name, spec: { ensure, ...each } }),
    ),
  ];
}
