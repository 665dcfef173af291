import { holdRows, inFile } from './held.ts';

const ssh = inFile('session/failing-ssh.test.ts');
const words = inFile('session/words.test.ts');
const http = inFile('openstack/http.test.ts');
const programs = inFile('process.test.ts');
const state = inFile('plan/state-files.test.ts');
const masks = inFile('masked.test.ts');
const program = inFile('cli.test.ts');
const saved = inFile('commands/apply.test.ts');

holdRows('attack', {
  1: [
    'a silent node withholds nothing of the others and ends with Ctrl-C',
    inFile('deploy/silent-node.test.ts')('beside a node that says hello and nothing else'),
    inFile('session/call-limits.test.ts')('of %s is there, and long enough to work in'),
    inFile('session/call-limits.test.ts')(
      'is that of its parameter and some more, and the usual one for a call that nobody knows',
    ),
    inFile('plan/second-ctrl-c.test.ts')(
      'a run that hangs ends by the second Ctrl-C, with its lock and its journal in order',
    ),
    inFile('session/hostile/verbs.test.ts')('oriel %s gives what it saw of the others'),
  ],
  2: [
    'SFTP dies while SSH lives',
    ssh('goes on over another channel where SFTP %s'),
    ssh('sends again only what had not arrived'),
    ssh('ends with the run where SFTP %s'),
  ],
  3: [
    'words of a node are bounded',
    words('is told in short: 12 lines of 15 MB are some kilobytes, in errors too'),
    words('is told 200 lines of, and how many more there were, once'),
    words('of a request that it could not read is quoted in short'),
  ],
  4: ['hello is checked', inFile('session/hostile/verbs.test.ts')('and %s is left out, with the reason')],
  5: [
    'aliases are not opened',
    inFile('site/yaml.test.ts')('opens no more of aliases of aliases than a file may have'),
  ],
  6: [
    'a thousand unknown keys',
    inFile('site/many-findings.test.ts')(
      'a thousand unknown keys are told in short, and the grammar is made once for them (attack row 6)',
    ),
  ],
  7: [
    'a changed cache',
    inFile('payload/tree.test.ts')(
      'a file that was changed together with the record of its tree is found by the proof that is kept apart',
    ),
    inFile('commands/damaged-files.test.ts')('%s: the same package, and a word'),
    inFile('payload/runtime.test.ts')('that was changed in the cache is brought again'),
  ],
  8: [
    'a torn record is no record',
    inFile('damages/damages.test.ts')('reads %s', 'torn: (path)'),
    inFile('replace-file.test.ts')('a file that another program has open is renamed over later, on Windows'),
  ],
  9: [
    'answers over HTTP are bounded',
    http('of more JSON than 4 MiB is refused before all of it is read'),
    http('of more bytes than expected is an error, of fewer or as many none'),
  ],
  10: [
    'secrets that others repeat',
    masks('what a node says has no secret'),
    masks('what is shown and kept has no secret'),
    programs('has the secrets that it prints masked'),
    http('names service, method, path, status and request id, quotes the server and keeps what is secret'),
  ],
  11: [
    'programs of the controller are bounded',
    programs('is ended when it prints without end, on either stream'),
    programs('is not waited for through a child that holds its output open'),
    programs('takes no such child past the time limit'),
  ],
  12: [
    'paths that lead out of their folder',
    inFile('site/rules.test.ts')('$name', 'no name that ends with a dot', 'cases/site/rules.json'),
    inFile('sandbox/wine/paths.test.ts')('refuses $path'),
    inFile('agent/protocol.test.ts')(
      'the cases of the agent',
      'System32\\\\..',
      'cases/agent/Remove-Path.json',
    ),
  ],
  'low: places': [
    'what stands in the place of journal, lock and state',
    state('of %s a directory or a pipe is told, and waited for by nobody'),
    state('a journal on a full disk says which, and what now'),
    inFile('commands/damaged-state.test.ts')('%s ends no verb with an error of ours'),
    program('behind output %i of %j gives exit code %i'),
  ],
  'low: texts': [
    'what a terminal acts on',
    inFile('report/check-files.test.ts')('does nothing to a terminal'),
    inFile('report/reports.test.ts')('does not let a node begin a line of ours with %j'),
    inFile('plan/hostile-journal.test.ts')(
      'cannot move the cursor, whatever its texts are, and no line of it passes for one of ours',
    ),
  ],
  'low: saved plans': [
    'a plan names its site',
    saved('without --site asks, and names the file whose secret commands run'),
    saved('that was changed is refused, whoever agrees'),
    inFile('plan/saved-plan.test.ts')('a plan file from anybody'),
  ],
  'low: files': [
    'secrets of others, a PFX that never ends, durations, archives',
    inFile('security/reported-inputs.test.ts')('secrets files (skipped where nobody can give files away)'),
    inFile('components/windows/certificates.test.ts')(
      'a PFX that would take hours to open is refused (attack low)',
    ),
    inFile('site/rules.test.ts')('$name', 'must be at most seven days', 'cases/site/rules.json'),
    inFile('payload/unpack.test.ts')('the path %s'),
  ],
  'low: programs': [
    'children get nothing of ours that they do not need',
    programs('gets no variable that holds a secret, unless it is one of the user (attack low)'),
  ],
});
