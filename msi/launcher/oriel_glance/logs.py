"""Repairs of logging, and the one line that says which repairs were made."""
import os

import oslo_log.log

from oriel_glance import fixes
from oriel_glance.fixes import fix, version

LOG = oslo_log.log.getLogger('glance.oriel')


@fix('after', 'oslo.log >= 5.1: its workaround for eventlet issue 432, pipe_mutex, imports fcntl, which Windows does not have',
     needed=lambda: os.name == 'nt' and version('oslo.log') >= (5, 1))
def no_eventlet_pipe_mutex():
    # The flag that says "done already" is not in the oslo.log of Glance 26.1 and 28.2, the function is in all of them.
    oslo_log.log._fix_eventlet_logging = lambda: None


@fix('after', 'oslo.log: a log file that several processes hold open cannot be rotated on Windows, then every line is lost',
     needed=lambda: 'ORIEL_STOP_EVENT' in os.environ)
def log_through_wrapper():
    """Under the wrapper all lines go to standard error: it is the one writer of the log, and it rotates."""
    setup = oslo_log.log.setup

    def setup_to_stderr(conf, *arguments, **options):
        for name, value in (('log_file', None), ('log_dir', None), ('use_stderr', True)):
            conf.set_override(name, value)
        setup(conf, *arguments, **options)
    oslo_log.log.setup = setup_to_stderr


@fix('after', 'none: says once, in the first process, what was repaired')
def say_what_was_repaired():
    setup = oslo_log.log.setup

    def setup_and_say(conf, *arguments, **options):
        setup(conf, *arguments, **options)
        if not getattr(conf, 'pipe_handle', None):
            LOG.info('repairs for Windows: %s', ', '.join(fixes.APPLIED))
    oslo_log.log.setup = setup_and_say
