import { storageCheckList } from '../../src/verify/checks/storage/list.ts';

const places = { client: 'each node that uses the share', server: 'each storage node' } as const;

/** The checks of storage as a table: what each looks at, why, and where it runs. */
export function storageCheckTable(): string {
  const rows = storageCheckList.map(
    ({ id, title, why, sides }) =>
      `| ${id} | ${title} | ${why} | ${sides.map((side) => places[side]).join(', ')} |`,
  );
  return ['| check | what it does | why | where |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
