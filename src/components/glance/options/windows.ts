import type { OptionName } from './catalogue.ts';

/** What a site may not set as an option, and what to do instead; the key is `group.name`. */
interface RefusedOption {
  readonly because: string;
  readonly instead?: string;
  /** Values that are harmless all the same. */
  readonly except?: readonly string[];
  /** It names a file, and one that the site brings is there. */
  readonly mayBeBrought?: true;
}

const staging = { because: 'is set by oriel', instead: 'use components.glance.staging' };
const ownPlace = { because: 'is set by oriel: the files of the service have fixed places on a node' };
const keystone = (key: string): RefusedOption => ({
  because: 'is set by oriel',
  instead: `use components.glance.keystone.${key}`,
});
const site = (key: string): RefusedOption => ({
  because: 'is set by oriel',
  instead: `use components.glance.${key}`,
});

/** Options that oriel sets itself from other keys of the site. */
const owned: Readonly<Record<string, RefusedOption>> = {
  'DEFAULT.bind_host': site('bind.host'),
  'DEFAULT.bind_port': site('bind.port'),
  'DEFAULT.enabled_backends': site('stores'),
  'DEFAULT.log_dir': ownPlace,
  'DEFAULT.log_file': ownPlace,
  'DEFAULT.node_staging_uri': staging,
  'DEFAULT.property_protection_file': site('property_protections.file'),
  'DEFAULT.public_endpoint': site('public_endpoint'),
  'DEFAULT.use_stderr': { because: 'is set by oriel: a service has no console' },
  'DEFAULT.workers': site('workers'),
  'database.connection': site('database.connection'),
  'glance_store.default_backend': site('stores.NAME.default'),
  'glance_store.default_store': site('stores.NAME.default'),
  'glance_store.stores': site('stores'),
  'keystone_authtoken.auth_section': keystone('auth_url'),
  'keystone_authtoken.auth_type': {
    because: 'is set by oriel: it signs in with a password',
    instead: 'use components.glance.keystone',
  },
  'keystone_authtoken.auth_url': keystone('auth_url'),
  'keystone_authtoken.password': keystone('password'),
  'keystone_authtoken.project_domain_name': keystone('project_domain'),
  'keystone_authtoken.project_name': keystone('project'),
  'keystone_authtoken.user_domain_name': keystone('user_domain'),
  'keystone_authtoken.username': keystone('username'),
  'os_glance_staging_store.filesystem_store_datadir': staging,
  'os_glance_tasks_store.filesystem_store_datadir': staging,
  'oslo_concurrency.lock_path': ownPlace,
  'oslo_policy.policy_file': site('policy.file'),
  'paste_deploy.config_file': ownPlace,
  'paste_deploy.flavor': site('keystone'),
  '<backend>.filesystem_store_datadir': {
    because: 'is set from the share',
    instead: 'change the path of the share',
  },
};

const paste: RefusedOption = {
  because: 'is set by oriel in glance-api-paste.ini, which wins: oriel and load balancers ask /healthcheck',
};
const oneScope: RefusedOption = {
  because: 'excludes the project that oriel signs in to: keystoneauth refuses both',
  instead: 'use components.glance.keystone.project',
};

const off = ['false', '0', 'no', 'off'];
const dataDirectories: RefusedOption = {
  because:
    'cannot be used on Windows: it needs os.statvfs, and the colon of C:\\ separates path and priority in it',
  instead: 'give every share a file store of its own',
};
const filePermissions: RefusedOption = {
  because:
    'must stay 0 on Windows: any other value makes image files read-only, and then they cannot be deleted',
  except: ['0'],
};
const unread = 'is listed by Glance but never read';

/** Options that break the service as it is packaged for Windows, or that nothing reads there (Glance 18.0.0 to 29.2.1). */
const broken: Readonly<Record<string, RefusedOption>> = {
  'DEFAULT.image_cache_driver': {
    because: 'cannot be xattr on Windows: NTFS has no such attributes',
    except: ['sqlite', 'centralized_db'],
  },
  'DEFAULT.log_rotation_type': {
    because:
      'must stay none on Windows: all workers hold the log file open, so it cannot be renamed and lines are lost',
    except: ['none'],
  },
  'DEFAULT.log_config_append': {
    because: 'names a file that oriel does not bring to a node, so the service would not start',
    instead: 'bring it with components.glance.files, and write { file: NAME }',
    mayBeBrought: true,
  },
  'DEFAULT.use_journal': { because: 'cannot be used on Windows: there is no systemd', except: off },
  'DEFAULT.use_syslog': { because: 'cannot be used on Windows: there is no /dev/log', except: off },
  'DEFAULT.watch_log_file': { because: 'cannot be used on Windows: it needs inotify', except: off },
  'keystone_authtoken.memcached_servers': {
    because: 'cannot be used: the package has no memcache client, so every request would end with 500',
  },
  // oslo_messaging/_drivers/amqpdriver.py and _metrics/client.py
  'oslo_messaging_metrics.metrics_enabled': {
    because: 'cannot be used on Windows: it sends to a Unix socket (AF_UNIX)',
    except: off,
  },
  'oslo_messaging_rabbit.use_queue_manager': {
    because: 'cannot be used on Windows: it calls os.getpgrp and reads /proc and /dev/shm',
    except: off,
  },
  'oslo_reports.file_event_handler': { because: unread },
  'oslo_reports.file_event_handler_interval': { because: unread },
  'oslo_reports.log_dir': { because: unread },
  'healthcheck.backends': paste,
  'healthcheck.disable_by_file_path': paste,
  'healthcheck.disable_by_file_paths': paste,
  'healthcheck.enable_by_file_paths': paste,
  'healthcheck.path': paste,
  'keystone_authtoken.domain_id': oneScope,
  'keystone_authtoken.domain_name': oneScope,
  'keystone_authtoken.system_scope': oneScope,
  'keystone_authtoken.trust_id': oneScope,
  'wsgi.python_interpreter': { because: 'has no effect on Windows: it serves prlimit, which is not there' },
  'wsgi.task_pool_threads': {
    because: 'is read only where Glance runs inside a WSGI server, not by the service',
  },
  '<backend>.filesystem_store_datadirs': dataDirectories,
  '<backend>.filesystem_store_file_perm': filePermissions,
  'os_glance_staging_store.filesystem_store_datadirs': dataDirectories,
  'os_glance_staging_store.filesystem_store_file_perm': filePermissions,
  'os_glance_tasks_store.filesystem_store_datadirs': dataDirectories,
  'os_glance_tasks_store.filesystem_store_file_perm': filePermissions,
};

/** What oriel or Windows asks of an option, whatever its value. */
export function restrictionOf({ group, name }: OptionName): RefusedOption | undefined {
  const key = `${group}.${name}`;
  return owned[key] ?? broken[key];
}

/** Why a site may not set this option to this text, or undefined; `brought`: it is the path of a file that the site brings. `because` follows the option's name. */
export function refusedOption(option: OptionName, text: string, brought = false): RefusedOption | undefined {
  const found = restrictionOf(option);
  if (brought && found?.mayBeBrought) return undefined;
  return found?.except?.includes(text.toLowerCase()) ? undefined : found;
}
