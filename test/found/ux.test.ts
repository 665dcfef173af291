import { holdRows, inFile } from './held.ts';

const habits = inFile('habits.test.ts');
const changes = inFile('deploy/change-nodes.test.ts');
const findings = inFile('report/findings.test.ts');
const table = inFile('report/plan-table.test.ts');
const screen = inFile('report/terminal.test.ts');
const pages = inFile('browser/pages.test.ts');
const packed = inFile('package.test.ts');
const build = inFile('commands/build.test.ts');
const start = inFile('documents/start.test.ts');
const howTo = inFile('documents/how-to.test.ts');
const program = inFile('cli.test.ts');

/** What somebody types who does not know better. */
const habit = (kind: string) =>
  habits('$argv, terminal: $terminal', `"kind": "${kind}"`, 'cases/habits.json');

holdRows('ux', {
  1: [
    'no change without a terminal or --yes',
    changes('touches nothing without a terminal and --yes: %j'),
    inFile('deploy/consent.test.ts')('is bad input without a terminal and --yes: %j'),
  ],
  2: [
    'the site of init works, and a service that does not answer is told with its log',
    habit('sandbox in a new folder'),
    start('as %s ends with a verified image'),
    inFile('plan/apply.test.ts')('asks a service for its health for a while, and says what it got'),
  ],
  3: ['how-to pages have complete site files', howTo('$name, $index: are valid beside the smallest one')],
  4: [
    'a guide for a real node, whose commands are read',
    howTo('$name:$line is read, and takes parameters that its cmdlets have'),
    inFile('documents/pages.test.ts')('the pages of the repository say what is so'),
  ],
  5: ['the catalogue without an endpoint', inFile('identity/keystone.test.ts')('is looked at by verify')],
  6: [
    'Ctrl-C ends with 130',
    program('ends %s %j with exit code 130: %o %j'),
    changes('is interrupted by Ctrl-C before its last step, with exit code 130'),
  ],
  7: [
    'what oriel removed was removed by nobody else',
    inFile('plan/after-removal.test.ts')('%s', 'a package takes along what its component had'),
  ],
  8: [
    'declined is a result of its own',
    changes('changes nothing where the answer is no, and the history says so'),
    program('Ctrl-C at a question is not a no'),
  ],
  9: [
    'pages fit a phone',
    pages('the page of $name in $scheme has no error, fits a phone, and every text can be read'),
  ],
  10: [
    'the page of a failed run shows what failed',
    pages('a badge leads to its result, which is unfolded'),
    inFile('report/run-html.test.ts')(
      'a run as a page says who, what came of it, and what failed on which node and why',
    ),
  ],
  11: ['a printed page is unfolded', pages('the page of %s is unfolded on paper, without the script')],
  12: [
    'what a rollout did not come to is one line',
    inFile('plan/rollout.test.ts')(
      'stops where the gate of the second node is closed: the third is untouched, and the report says why',
    ),
  ],
  13: [
    'the npm package stands alone',
    packed('stands alone: no dependency, nothing that runs when it is installed, at most 8 MB'),
    packed('has the licence of each package that is in its program'),
    packed('has what belongs to it, and no pictures'),
  ],
  14: ['one --format with --json', habits('have every verb', "includes('--json')")],
  15: [
    'a word that is no verb',
    habit('help of no verb'),
    habit('typo of a verb'),
    program('a verb that is none is bad input'),
  ],
  16: [
    'a direction that is wrong is said first',
    habit('older release'),
    inFile('components/glance/upgrade-path.test.ts')(
      'is refused with the path to take, and for an older one with the rollback',
    ),
  ],
  17: [
    'differences of files, line by line',
    inFile('deploy/file-differences.test.ts')(
      'are in the plan and in what is printed of it, without secrets',
    ),
    inFile('commands/render.test.ts')('shows a difference, writes nothing and ends with 3 under --check'),
  ],
  18: [
    'tables fit, count, group, fold and colour',
    table('steps in sync are a number, and each of them is shown where somebody asks'),
    table('nodes of which the same is true are one, and none is forgotten'),
    table('services that go away are counted, with the longest time that earlier runs tell'),
    table('a plan fits 80 columns, and marks have colours, on a terminal alone'),
  ],
  19: [
    'what comes next',
    inFile('commands/suggest.test.ts')('on a terminal alone it is said what comes next (ux row 19)'),
  ],
  20: [
    'live lines',
    screen('a bar, the step and the bytes stand behind what is done, as far as there is room'),
    screen('a step that was in sync leaves no line, and neither does a stage at its end'),
    inFile('plan/events.test.ts')(
      'of an apply are what the published schema says, and those that are kept can be read',
      'number',
    ),
  ],
  21: [
    'logs of CI',
    screen('a log of CI has a sign of life every 30 seconds'),
    inFile('report/log-level.test.ts')('%j and %j: %s (ux row 24)', "['-q']"),
  ],
  22: ['a package alone', build('makes the same package alone, without a site file (ux row 22)')],
  23: [
    'JUnit and SARIF',
    findings('are a suite for each file and a case for each finding in JUnit'),
    findings('are results with rule, level and place in SARIF'),
    findings('are SARIF by its schema, whatever a file is called and a message says'),
    findings('apply ends with them'),
    inFile('report/junit-schema.test.ts')('of a %s report keeps to docs/reference/schemas/junit.xsd'),
    inFile('documents/ci.test.ts')('the recipe $file'),
  ],
  24: [
    'what a command line has',
    habit('default site'),
    habit('-C is no folder'),
    habits('have every verb', "['--yes', '-y']"),
    inFile('manual/manual.test.ts')('has a script for %s'),
    inFile('commands/doctor.test.ts')('of a node that is well ends with 0; as JSON it is data'),
    inFile('commands/explain.test.ts')('takes a key with names of the site in it'),
    inFile('commands/fmt.test.ts')('oriel fmt (ux row 24)'),
    inFile('commands/graph.test.ts')('oriel graph (ux row 24)'),
    inFile('report/log-level.test.ts')('another word is refused with the list'),
    inFile('documents/pages.test.ts')('a variable that nothing reads, and one that is read in silence'),
  ],
  25: [
    'a call loads the verb that it names',
    inFile('commands/loaded.test.ts')('%s loads nothing that it does not need (ux row 25)'),
  ],
  26: [
    'a rollback names its run',
    inFile('deploy/rollback-question.test.ts')(
      'a rollback asks with the run that it takes back: the version may be the one that runs',
    ),
  ],
  27: [
    'paths of the wrong kind',
    habit('path is a file'),
    habit('folder for a file'),
    habit('file for a folder'),
    inFile('damages/damages.test.ts')('writes %s'),
    inFile('damages/damages.test.ts')('every verb has a row'),
  ],
  28: [
    'who looks builds nothing',
    inFile('deploy/unbuilt.test.ts')('the package that nobody has built here (ux row 28)'),
  ],
  pictures: [
    'pages have counts, filters, local times and a dark mode',
    pages('times are those of the reader, and UTC without the script; filters work without it too'),
    pages('all of it can be used from the keyboard'),
    inFile('report/run-html.test.ts')('a run that was %s says so'),
  ],
  words: ['a change line says the action', inFile('plan/plan.test.ts')('names what a step did')],
});
