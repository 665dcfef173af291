import { accountRight } from '../../../resources/account-right/resource.ts';
import { isBuiltIn } from '../../../resources/accounts/account.ts';
import type { ServiceAccount } from '../../../resources/accounts/service-account.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import { scheduledTask, taskMark } from '../../../resources/scheduled-task/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, windowsPaths } from '../facts/paths.ts';
import { isTaskProgram } from '../site/programs.ts';
import { type GlanceSettings, settingsOf, type TaskSettings } from '../site/settings.ts';
import { manageConf } from './schema.ts';

/** The only kind of name that no task of a site has. */
const others = '.others';

/**
 * The tasks that the site wants on a node, run by the account of its service, once that service is there; and that no other ones
 * are in our folder: what a site no longer names must not go on every night.
 */
export function declareTasks(
  deployment: Deployment,
  { name: node }: NodeSettings,
  { salt, service }: { readonly salt: string; readonly service: string },
): readonly Declaration[] {
  const glance = settingsOf(deployment);
  const { account: name, password: value } = glance.service;
  const spec = glance.tasks.filter(({ nodes }) => !nodes || nodes.includes(node));
  const declared = spec.map((task) => {
    const mark = taskMark(windowsPaths.root, task.name);
    const account: ServiceAccount = { name, ...(value && { password: { value, mark, salt } }) };
    return declare({
      resource: scheduledTask,
      component,
      node,
      name: task.name,
      needs: [],
      after: [service],
      spec: {
        ensure: 'present',
        name: task.name,
        ...commandOf(task),
        when: task.when,
        limit: task.limit,
        account,
      },
    });
  });
  const names = spec.map((task) => task.name);
  const right = names.length > 0 ? declareBatchRight(glance.service, node) : [];
  return [...right, ...declared, declareNoTasks(node, names)];
}

/** What an account needs to run tasks; accounts of Windows itself have it. */
export function declareBatchRight(
  { account }: GlanceSettings['service'],
  node: string,
): readonly Declaration[] {
  if (isBuiltIn(account)) return [];
  const spec = { ensure: 'present', account, right: 'SeBatchLogonRight' } as const;
  return [declare({ resource: accountRight, component, node, name: 'log-on-as-batch-job', needs: [], spec })];
}

/** That no task of ours is on a node, but these. */
export function declareNoTasks(node: string, except: readonly string[] = []): Declaration {
  const spec = { ensure: 'absent', except, marks: windowsPaths.root } as const;
  return declare({ resource: scheduledTask, component, node, name: others, needs: [], spec });
}

/** A program of Glance by the Python of the package, with the configuration that it reads and a log of its own. */
function commandOf({ name, run: [program = '', ...rest] }: TaskSettings): {
  readonly program: string;
  readonly arguments: readonly string[];
} {
  if (!isTaskProgram(program)) return { program, arguments: rest };
  const { python, launcher, config, logs } = windowsPaths;
  const conf = `${config}\\${program === 'glance-manage' ? manageConf : 'glance-api.conf'}`;
  const options = ['--config-file', conf, '--log-file', `${logs}\\task-${name}.log`];
  return { program: python, arguments: ['-s', '-X', 'utf8', launcher, program, ...options, ...rest] };
}
