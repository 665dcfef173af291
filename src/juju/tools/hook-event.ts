/** Why the agent started the charm, as its environment says. */
export interface HookEvent {
  /** `install`, `shared-db-relation-changed`; of an action `action`. */
  readonly name: string;
  readonly action?: string;
  readonly unit: string;
  readonly application: string;
  readonly model: string;
  /** Version of Juju: `2.9.46`. */
  readonly juju: string;
  readonly charmDirectory: string;
  /** Of a relation hook. */
  readonly relation?: {
    readonly id: string;
    readonly remoteUnit?: string;
    readonly departing?: string;
    /** It is gone: what it says is not to be used any more. */
    readonly broken: boolean;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The event of a hook or an action. `JUJU_DISPATCH_PATH` (hooks/install, actions/pause) is set by every Juju that knows `dispatch`
 * (2.8), `JUJU_HOOK_NAME` is empty in actions. Undefined where no Juju agent started this program.
 */
export function hookEventOf(env: Environment): HookEvent | undefined {
  const unit = env.JUJU_UNIT_NAME;
  if (!unit) return undefined;
  const [kind, path = ''] = (env.JUJU_DISPATCH_PATH ?? '').replace(/\.(ps1|cmd|bat|exe)$/i, '').split('/');
  const action = env.JUJU_ACTION_NAME || (kind === 'actions' ? path : undefined);
  const name = action ? 'action' : env.JUJU_HOOK_NAME || path;
  const id = env.JUJU_RELATION_ID;
  return {
    ...{ name, unit, application: unit.split('/')[0] ?? unit },
    ...(action && { action }),
    model: env.JUJU_MODEL_UUID ?? '',
    juju: env.JUJU_VERSION ?? '0',
    charmDirectory: env.JUJU_CHARM_DIR ?? env.CHARM_DIR ?? process.cwd(),
    ...(id && {
      relation: {
        id,
        ...(env.JUJU_REMOTE_UNIT && { remoteUnit: env.JUJU_REMOTE_UNIT }),
        ...(env.JUJU_DEPARTING_UNIT && { departing: env.JUJU_DEPARTING_UNIT }),
        broken: name.endsWith('-relation-broken'),
      },
    }),
  };
}
