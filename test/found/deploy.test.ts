import { holdRows, inFile } from './held.ts';

const reported = inFile('components/glance/reported-configurations.test.ts');
const render = inFile('components/glance/render.test.ts');
const options = inFile('components/glance/options-check.test.ts');
const inputs = inFile('security/reported-inputs.test.ts');
const rules = inFile('site/rules.test.ts');
const secrets = inFile('site/secrets.test.ts');

/** An option that Windows, or Glance, refuses. */
const refused = (name: string) => reported('[%s] %s', `'${name}'`);
const checked = (text: string) => options('$name', text, 'cases/options/check.json');

holdRows('deploy', {
  1: [
    'middleware that reads configuration by project name has the file named',
    render(
      'are as in test/golden/render/%s',
      'oslo_config_file = ',
      'golden/render/keystone/glance-1/glance-api-paste.ini',
    ),
  ],
  2: ['a rule that is a bare tag lets everybody in', reported('wrong: %s', "'a bare tag'")],
  3: [
    'property protections are read as Glance reads them',
    reported('property protections are read as Glance reads them'),
  ],
  4: [
    'policies are read as YAML 1.1 and oslo.policy',
    ...["'a tab'", "'yes'", "'a date'", "'an open end'", "'a misspelt rule'"].map((row) =>
      reported('wrong: %s', row),
    ),
    reported('right: %s', "'lists of lists'"),
    reported('right: %s', "'comments only'"),
  ],
  5: ['options that need POSIX', refused('use_queue_manager'), refused('metrics_enabled')],
  6: [
    'an SSH agent that is gone',
    inFile('session/ssh-agent.test.ts')(
      'goes on without an agent that is gone, and says so where no key is left',
    ),
  ],
  7: [
    'options of one node',
    reported('options of one node are checked as those of all (deploy row 7)'),
    inputs('%s is refused', "'options of no node'"),
  ],
  8: [
    'the region reaches the groups that have one',
    render(
      'are as in test/golden/render/%s',
      'region_name = RegionTwo',
      'golden/render/series-2023-1/glance-1/glance-api.conf',
    ),
  ],
  9: [
    'endpoints of a region that the site no longer names',
    inFile('identity/keystone.test.ts')(
      'moves to another region and back, and leaves no endpoint behind (deploy row 9)',
    ),
    inFile('plan/ownership.test.ts')(
      'what a step made before is told beside what it made since (deploy row 9)',
    ),
  ],
  10: ['scopes beside our project', refused('system_scope')],
  11: [
    'values that Glance refuses at an upload',
    ...['user_storage_quota', 'metadata_encryption_key', 'hashing_algorithm', 'backends'].map(refused),
    refused('log_config_append'),
    refused('use_keystone_limits'),
  ],
  12: ['URLs that SQLAlchemy cannot parse', reported('URLs of databases that SQLAlchemy cannot read')],
  13: [
    'line ends in a secret',
    render('refuse a secret that no line can carry', 'ends with a line end, which is left out'),
    secrets('a program gets the name as it is, and newlines at its end do not count'),
  ],
  14: ['validate reads what the site brings', reported('validate reads the files that a site brings')],
  15: [
    'secret options in clear; secrets in any option',
    refused('transport_url'),
    reported('[%s] %s may be %s', "{ secret: 'queue' }"),
    secrets('are asked wherever a value may be secret'),
  ],
  16: [
    'what a removal took away was changed by nobody',
    inFile('plan/after-removal.test.ts')('%s', 'a package takes along what its component had'),
  ],
  17: [
    'a full disk, a read-only folder',
    inFile('plan/state-elsewhere.test.ts')(
      'who only looks goes on with a site folder that takes no file (deploy row 17)',
    ),
    inFile('plan/state-elsewhere.test.ts')('oriel %s says so, and looks (deploy row 17)'),
    inFile('damages/damages.test.ts')('on a disk that is %s'),
  ],
  18: ['options that libraries load', reported('[%s] %s may be %s', "'barbican_service_user', 'auth_url'")],
  19: [
    'files that options name',
    inFile('components/glance/brought-files.test.ts')('files that options name (deploy row 19)'),
    inFile('charm/cases.test.ts')('14: a database gets, changes and loses its TLS, with one restart each'),
  ],
  20: [
    'Windows sockets take IPv6 alone',
    inputs('%s is refused', "'IPv6 alone on Windows'"),
    inputs('nodes with IPv6 addresses or names get a warning'),
  ],
  'low: addresses and URLs': [
    'addresses, endpoints and URLs that are none',
    inputs('%s is none', "'hv01:22', '10.0.0.300'"),
    inputs('%s is none', "'http://fd00::5:9292', 'http://h:99999'"),
    inputs('%s is refused', "'a version of images'"),
    inputs('%s is refused', "'identity v2.0'"),
  ],
  'low: keys and hosts': [
    'keys that are none, agents with many, certificate authorities',
    inFile('session/ssh-agent.test.ts')(
      'says what to do where the agent has more keys than a server lets anybody try',
    ),
    inFile('session/ssh.test.ts')('says what is missing: a key, or a file that is none'),
    inFile('session/known-hosts.test.ts')('%s', '@cert-authority'),
  ],
  'low: names and texts': [
    'shares with a blank, options without effect, names of stores',
    inputs('%s is one', "'NFSStorage', 'nfs.1'"),
    rules('$name', 'must be an absolute Windows path', 'cases/site/rules.json'),
    reported('[%s] %s', "'auth_uri'"),
  ],
  'no way in': [
    'memcached servers and stores of other kinds are refused with the reason',
    checked('the package has no memcache client'),
    inFile('commands/validate.test.ts')('%s', 'examples/broken'),
  ],
});
