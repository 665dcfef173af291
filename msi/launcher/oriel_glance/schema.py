"""The schema of Glance's database, changed by one runner at a time: glance-manage itself takes no lock.

    python oriel_launcher.py glance-schema --config-file FILE [--log-file FILE] check|prepare|populate|contract

check     says on standard output, in one line of JSON, where the schema is (see `look`)
prepare   makes it fit this release: a new one whole, an old one by `expand` and `migrate`, after which older releases still run on it
populate  prepares, then loads the definitions of metadata that Glance ships into a database that has none
contract  takes away what only older releases need

MySQL holds the lock for as long as the connection lives that took it, so a runner that is killed leaves none behind. The connection is
used every LIVELY seconds and ends by itself after SILENT, so one whose node lost its power holds it no longer than that.
"""
import contextlib
import json
import logging
import sys
import threading
import time

LIVELY, SILENT = 15, 60
PAUSE = 2
LOG = logging.getLogger('glance.oriel.schema')


def main(manage, arguments):
    """`manage`: the module glance.cmd.manage; `arguments`: its options, then what to do. Gives the exit code."""
    *options, action = arguments or ['']
    if action not in ('check', 'prepare', 'populate', 'contract'):
        sys.stderr.write('usage: oriel_launcher.py glance-schema [OPTION...] check|prepare|populate|contract\n')
        return 2
    configure(manage, options)
    engine = manage.db_api.get_engine()
    if action == 'check':
        sys.stdout.write(json.dumps(dict(look(manage, engine), runner=runner_of(engine), definitions=definitions(engine))) + '\n')
        return 0
    with locked(engine) as still_ours:
        change(manage, engine, 'prepare' if action == 'populate' else action, still_ours)
        if action == 'populate':
            populate(manage, engine)
    return 0


def configure(manage, options):
    """What glance-manage does before its commands."""
    conf = manage.CONF
    manage.logging.register_options(conf)
    conf.set_default(name='use_stderr', default=True)
    manage.config.parse_args(args=options, default_config_files=[])
    manage.config.set_config_defaults()
    manage.logging.setup(conf, 'glance')


def look(manage, engine):
    """Revisions that the database has and those of them that this release does not know; what is to be done next, or None."""
    migrations = manage.alembic_migrations
    script = migrations.alembic_script.ScriptDirectory.from_config(migrations.get_alembic_config())
    known = {revision.revision for revision in script.walk_revisions()}
    heads = sorted(migrations.get_current_alembic_heads())
    expand, contract = (migrations.get_alembic_branch_head(branch) for branch in ('expand', 'contract'))
    unknown = [head for head in heads if head not in known]
    pending = next_of(heads, unknown, expand, contract, lambda: manage.data_migrations.has_pending_migrations(engine))
    return {'heads': heads, 'unknown': unknown, 'pending': pending}


def next_of(heads, unknown, expand, contract, has_data):
    """'create', 'expand', 'migrate', 'contract', 'newer' or None. A release that finds its own last revision of `contract` there does not
    mind that a newer one has expanded the schema since."""
    if not heads:
        return 'create'
    if contract in heads:
        return None
    if unknown:
        return 'newer'
    if expand not in heads:
        return 'expand'
    return 'migrate' if has_data() else 'contract'


def change(manage, engine, action, still_ours):
    commands = manage.DbCommands()
    while True:
        still_ours()
        pending = look(manage, engine)['pending']
        if pending is None or (action == 'prepare' and pending == 'contract'):
            return
        if pending == 'newer':
            sys.exit('the schema is newer than this release')
        if action == 'contract' and pending != 'contract':
            sys.exit(f'the schema is not prepared for this release: {pending} comes first')
        LOG.info('database schema: %s', pending)
        ended_well(commands.sync if pending == 'create' else getattr(commands, pending))
        if look(manage, engine)['pending'] == pending:
            sys.exit(f'{pending} has changed nothing')


def definitions(engine):
    """'loaded' where the database has definitions of metadata, edited or not; else 'missing'."""
    import sqlalchemy
    if not sqlalchemy.inspect(engine).has_table('metadef_namespaces'):
        return 'missing'
    with engine.connect() as connection:
        return 'loaded' if row_of(connection, 'SELECT id FROM metadef_namespaces LIMIT 1') else 'missing'


def populate(manage, engine):
    """Loads them once: a database that has any is left as it is. Glance only logs that it finds no file. What a failure leaves half
    loaded would count as loaded, so it is taken out again."""
    if definitions(engine) == 'loaded':
        return
    LOG.info('metadata definitions: load')
    commands = manage.DbCommands()
    try:
        commands.load_metadefs()
    except BaseException:
        commands.unload_metadefs()
        raise
    if definitions(engine) == 'missing':
        sys.exit('no metadata definitions were loaded: is metadata_source_path right?')


def ended_well(command):
    """The commands end the program also when all is well."""
    try:
        command()
    except SystemExit as end:
        if end.code not in (None, 0):
            raise


def lock_name(engine):
    """MySQL takes 64 characters."""
    return f'oriel-schema:{engine.url.database}'[:64]


def row_of(connection, statement, **values):
    import sqlalchemy
    return connection.execute(sqlalchemy.text(statement), values).first()


@contextlib.contextmanager
def locked(engine):
    """Holds the lock of the database; waits while another runner has it. Gives a function that ends the program when it was lost."""
    if engine.dialect.name != 'mysql':
        yield lambda: None
        return
    import sqlalchemy
    name, guard, ended = lock_name(engine), threading.Lock(), threading.Event()
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f'SET SESSION wait_timeout = {SILENT}'))
        own = row_of(connection, 'SELECT CONNECTION_ID()')[0]
        while row_of(connection, 'SELECT GET_LOCK(:name, 0)', name=name)[0] != 1 or runner_of(engine, own):
            LOG.info('database schema: waits for the runner at %s', runner_of(engine, own))
            row_of(connection, 'SELECT RELEASE_LOCK(:name)', name=name)
            time.sleep(PAUSE)

        def holds():
            with guard:
                return row_of(connection, 'SELECT IS_USED_LOCK(:name) = CONNECTION_ID()', name=name)[0] == 1

        def still_ours():
            if not holds():
                sys.exit('the lock of the schema was lost: was the database restarted?')

        def keep():
            while not ended.wait(LIVELY):
                holds()
        threading.Thread(target=keep, daemon=True).start()
        try:
            yield still_ours
        finally:
            ended.set()


def runner_of(engine, own=0):
    """The host of who changes the schema now: who holds the lock, or whose statement still runs in the server although its runner is
    gone. None where it is nobody, or nobody but the connection `own`."""
    if engine.dialect.name != 'mysql':
        return None
    with engine.connect() as connection:
        row = row_of(
            connection,
            "SELECT host FROM information_schema.processlist WHERE id NOT IN (CONNECTION_ID(), :own) AND (id = IS_USED_LOCK(:name)"
            " OR (db = DATABASE() AND command = 'Query' AND info REGEXP '^ *(ALTER|CREATE|DROP) '))",
            own=own, name=lock_name(engine))
    return row and str(row[0]).rsplit(':', 1)[0]
