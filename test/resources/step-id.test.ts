import { describe, expect, test } from 'vitest';
import { InternalError } from '../../src/errors.ts';
import { directory } from '../../src/resources/directory/resource.ts';
import { assertDistinct, joined } from '../../src/resources/model/distinct.ts';
import { type Declaration, declare, idOf } from '../../src/resources/model/resource.ts';
import { idReader, stepId, stepParts, withinNode } from '../../src/resources/model/step-id.ts';

describe('the id of a step', () => {
  test('is node, component, kind and name', () => {
    const parts = { node: 'n1', component: 'clock', kind: 'file', name: 'a.conf' };
    expect(stepId(parts)).toBe('n1/clock/file/a.conf');
    expect(stepParts('n1/clock/file/a.conf')).toEqual(parts);
    expect(withinNode('n1', 'n1/clock/file/a.conf')).toBe('clock/file/a.conf');
    expect(withinNode('n', 'n1/clock/file/a.conf')).toBe('n1/clock/file/a.conf');
  });

  test.each(['', 'n1', 'n1/file', '/file/a', 'n1//a', 'n1/file/'])('is not `%s`', (text) => {
    expect(stepParts(text)).toBeUndefined();
    expect(idReader([])(text)).toBe(text);
  });
});

describe('an id of version 1', () => {
  test.each([
    ['n1/service/oriel-glance-api', 'n1/glance/service/oriel-glance-api'],
    ['n1/generation/glance', 'n1/glance/generation/glance'],
    ['keystone/keystone-user/glance', 'keystone/glance/keystone-user/glance'],
    ['n1/smb-share/images', 'n1/storage/smb-share/images'],
    ['n1/directory/images', 'n1/storage/directory/images'],
    ['n1/directory/log', 'n1/glance/directory/log'],
    ['n1/certificate/ca', 'n1/windows/certificate/ca'],
    ['n1/windows-feature/FS-FileServer', 'n1/windows/windows-feature/FS-FileServer'],
    ['n1/reboot/features', 'n1/windows/reboot/features'],
    ['n1/constructor/x', 'n1/glance/constructor/x'],
  ])('%s means %s', (old, id) => {
    expect(idReader([])(old)).toBe(id);
    expect(idReader([])(id)).toBe(id);
    expect(stepParts(old)).toEqual(stepParts(id));
  });

  test('means the step of today where that has moved to another owner', () => {
    const read = idReader(['n1/windows/account-right/log-on-as-service']);
    expect(read('n1/account-right/log-on-as-service')).toBe('n1/windows/account-right/log-on-as-service');
    expect(read('n2/account-right/log-on-as-service')).toBe('n2/glance/account-right/log-on-as-service');
  });

  test('never means a step of a component that came later', () => {
    const read = idReader(['n1/clock/directory/log', 'n1/clock/service/clock']);
    expect(read('n1/directory/log')).toBe('n1/glance/directory/log');
    expect(read('n1/service/clock')).toBe('n1/glance/service/clock');
  });

  test('means that of its kind where two owners have one like it', () => {
    const read = idReader(['n1/storage/directory/log', 'n1/glance/directory/log']);
    expect(read('n1/directory/log')).toBe('n1/glance/directory/log');
  });
});

describe('two steps with one id', () => {
  const log = (component: string, path: string): Declaration =>
    declare({
      resource: directory,
      node: 'n1',
      component,
      name: 'log',
      needs: [],
      spec: { ensure: 'present', path },
    });

  test('are an internal error that names both', () => {
    const all = [log('clock', 'C:\\one'), log('glance', 'C:\\log'), log('clock', 'C:\\two')];
    expect(() => assertDistinct(all)).toThrow(InternalError);
    expect(() => assertDistinct(all)).toThrow(
      /n1\/clock\/directory\/log: clock\/directory\/log at place 1 of all, and .* at place 3 /,
    );
    expect(() => assertDistinct(all.slice(0, 2))).not.toThrow();
  });

  test('are named with the places that they come from', () => {
    const parts = { declareStorage: [log('clock', 'C:\\one')], declareClock: [log('clock', 'C:\\two')] };
    expect(() => joined(parts)).toThrow(
      /place 1 of all, by declareStorage, .*place 2 of all, by declareClock/,
    );
    const apart = { ...parts, declareClock: [log('glance', 'C:\\two')] };
    expect(joined(apart).map(idOf)).toEqual(['n1/clock/directory/log', 'n1/glance/directory/log']);
  });
});
