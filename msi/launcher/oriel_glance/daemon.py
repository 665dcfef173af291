"""The stop of programs that serve nothing (the scrubber as a daemon): at once, between two pieces of work or in one."""
import logging
import os
import threading
import time

from oriel_glance.events import stop_event
from oriel_glance.fixes import fix


@fix('after', 'glance.cmd.scrubber: has no way to be stopped on Windows but TerminateProcess', needed=lambda: 'ORIEL_STOP_EVENT' in os.environ)
def end_at_stop():
    event = stop_event()
    ready = os.environ.get('ORIEL_READY_EVENT')

    def watch():
        while not event.is_set():
            time.sleep(0.2)
        logging.shutdown()
        os._exit(0)
    threading.Thread(target=watch, daemon=True).start()
    if ready:
        from oriel_glance.events import ready_event
        ready_event().set()
