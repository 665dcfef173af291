"""Fills the places `@NAME@` of a packaged configuration file, each the whole value of a line."""
import re
import socket

PLACE = re.compile(r'^(?P<begin>[^\r\n=]+ = )@(?P<name>[A-Z_]+)@[ \t]*(?P<end>\r?\n)', re.MULTILINE)
ANYWHERE = ('0.0.0.0', '::')


def fill(text, values, spell):
    """A line whose value is empty is left out."""
    def filled(match):
        value = values[match['name']]
        return f'{match["begin"]}{spell(value)}{match["end"]}' if value else ''
    return PLACE.sub(filled, text)


def oslo(value):
    """As oslo.config reads it back: `$` refers to another option, and quotes around a whole text are taken off."""
    literal = re.sub(r'\$', lambda match: '\\$' if value[match.start() - 1:match.start()] == '\\' else '$$', value)
    return f'"{literal}"' if re.fullmatch(r'(["\'])(.*\1)?', literal) else literal


def paste(value):
    """As configparser reads it back."""
    return value.replace('%', '%%')


def spelling(name):
    return paste if name.endswith('.ini') else oslo


def values(properties):
    """What the places stand for: properties, and what follows from them."""
    def below(directory, name):
        return properties[directory].rstrip('\\') + '\\' + name
    keystone = properties['KEYSTONE_AUTH_URL']
    host = properties['BINDHOST']
    name = socket.gethostname() if host in ANYWHERE else f'[{host}]' if ':' in host else host
    return {
        **properties,
        'STOREPATH': properties['STOREPATH'].rstrip('\\'),
        'KEYSTONE_AUTH_URL': '' if keystone == 'none' else keystone,
        'SELF_URL': f'http://{name}:{properties["BINDPORT"]}',
        'LOG_FILE': below('LOGDIR', 'glance-api.log'),
        'LOCK_PATH': below('DATADIR', 'lock'),
        'PASTE_FILE': below('CONFIGDIR', 'glance-api-paste.ini'),
        'HEALTHCHECK_FILE': below('DATADIR', 'healthcheck_disable'),
        # Glance's check of a path for imports lets nothing else pass.
        'STAGING': slashes(below('DATADIR', 'staging\\images')),
        'TASKS': slashes(below('DATADIR', 'staging\\tasks')),
        'CACHE_DIR': below('DATADIR', 'cache') if properties['ImageCache'] else '',
        'DELAYED_DELETE': 'true' if properties['DelayedDelete'] else '',
        'METADEFS': below('INSTALLDIR', 'python\\lib\\site-packages\\etc\\glance\\metadefs'),
    }


def slashes(path):
    forward = path.replace('\\', '/')
    return forward if forward.startswith('//') else '//./' + forward
