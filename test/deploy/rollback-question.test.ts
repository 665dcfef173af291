import { expect, test } from 'vitest';
import { rollbackQuestion, runToUndo } from '../../src/deploy/rollback/choose-generation.ts';

const nodes = new Map();
const runs = [
  { run: 'run-1', verb: 'apply', time: '2026-01-01T00:00:00.000Z', nodes },
  { run: 'run-2', verb: 'apply', time: '2026-01-02T03:04:05.000Z', nodes },
  { run: 'run-3', verb: 'remove', time: '2026-01-03T00:00:00.000Z', nodes },
];

test('a rollback asks with the run that it takes back: the version may be the one that runs', () => {
  expect(rollbackQuestion('29.2.1', 'glance-1, glance-2', runToUndo(runs))).toBe(
    'Undo apply run-2 of 2026-01-02T03:04Z, and go back to 29.2.1 on glance-1, glance-2?',
  );
  expect(rollbackQuestion('29.2.1', 'glance-1', undefined)).toBe('Go back to 29.2.1 on glance-1?');
});
