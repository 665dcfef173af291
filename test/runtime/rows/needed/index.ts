import { beforeAll, describe } from 'vitest';
import { serviceName } from '../../../../src/components/glance/facts/paths.ts';
import { writeRecovery } from '../../../../src/sandbox/wine/recovery.ts';
import type { Rows } from '../../acceptance.ts';
import { programRows } from './programs.ts';
import { serviceRows } from './service.ts';

/** Each repair is left out once, and the release shows the defect that it is for. The service is stopped before and afterwards. */
export const neededRows: Rows = (node) => {
  // Failures are what is wanted from here on, and they are to stay.
  const none = { actions: [], reset: 0, onError: false };
  beforeAll(() => writeRecovery(node().prefix, serviceName, none));

  describe.concurrent('at its start', () => programRows(node));
  serviceRows(node);
};
