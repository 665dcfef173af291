"""What is wrong with the properties, all at once, in words that name the property and say what to give."""
import ipaddress
import re

SEGMENT = r'[^\\/:*?"<>|#\[\]\x00-\x1f]+'
PATH = re.compile(rf'([A-Za-z]:\\{SEGMENT}|\\\\{SEGMENT}\\{SEGMENT})(\\{SEGMENT})*\\?')
URL = re.compile(r'https?://[^\s/?#@]+(/[^\s?#]*)?')
DATABASE = re.compile(r'[a-z][a-z0-9]*(\+[a-z0-9]+)?://\S+')
HOST = re.compile(r'[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*')
SYSTEM_NAMES = {'localsystem', '.\\localsystem', 'nt authority\\system'}
BUILT_IN = SYSTEM_NAMES | {'nt authority\\networkservice', 'nt authority\\localservice'}
NEEDED = {
    'DATABASE_CONNECTION': 'an SQLAlchemy URL: mysql+pymysql://user:password@host/name?charset=utf8',
    'KEYSTONE_AUTH_URL': 'the identity service: https://host/v3; or `none`: then whoever reaches the port is believed',
    'STOREPATH': 'where images are kept: \\\\server\\share',
}
KEYSTONE = ('KEYSTONE_USERNAME', 'KEYSTONE_PASSWORD', 'KEYSTONE_PROJECT', 'KEYSTONE_USER_DOMAIN', 'KEYSTONE_PROJECT_DOMAIN')
FORMS = {
    'STOREPATH': (PATH, 'must be an absolute Windows path: \\\\server\\share or C:\\folder'),
    'DATADIR': (PATH, 'must be an absolute Windows path'),
    'PUBLICENDPOINT': (URL, 'must be an http or https URL'),
    'DATABASE_CONNECTION': (DATABASE, 'must be an SQLAlchemy URL: mysql+pymysql://user:password@host/name'),
}


def every(properties):
    wanted = dict(NEEDED)
    if with_keystone(properties):
        wanted.update({name: 'part of the account that checks tokens' for name in KEYSTONE})
    missing = [f'{name} is missing: {hint}' for name, hint in wanted.items() if not properties[name]]
    return (missing + control_characters(properties) + forms(properties) + bind(properties) + whole('WORKERS', properties, 1, 60)
            + service_account(properties))


def with_keystone(properties):
    return properties['KEYSTONE_AUTH_URL'] not in ('', 'none')


def control_characters(properties):
    """A line of a configuration file cannot hold them (oslo_config/iniparser.py)."""
    return [f'{name} must not hold a line end or another control character, and no blank at its begin or end'
            for name, value in properties.items()
            if value != value.strip() or re.search('[\x00-\x1f\x7f-\x9f\u2028\u2029]', value)]


def forms(properties):
    problems = [f'{name} {words}' for name, (form, words) in FORMS.items()
                if properties[name] and not form.fullmatch(properties[name])]
    if with_keystone(properties) and not URL.fullmatch(properties['KEYSTONE_AUTH_URL']):
        problems.append('KEYSTONE_AUTH_URL must be an http or https URL, or `none`')
    return problems


def bind(properties):
    host = properties['BINDHOST']
    problems = whole('BINDPORT', properties, 1, 65535)
    return problems if is_address(host) or HOST.fullmatch(host) else ['BINDHOST must be an address or a name of this machine'] + problems


def is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def whole(name, properties, least, most):
    text = properties[name]
    if re.fullmatch('[0-9]{1,9}', text) and least <= int(text) <= most:
        return []
    return [f'{name} must be a whole number from {least} to {most}']


def service_account(properties):
    """Windows would take the service and refuse to start it."""
    account = properties['SERVICEACCOUNT']
    if account.lower() in BUILT_IN or account.endswith('$') or properties['SERVICEPASSWORD']:
        return []
    return ['SERVICEPASSWORD is missing: SERVICEACCOUNT is a user; passwords are not remembered, so each upgrade needs it again '
            '(a group managed service account, DOMAIN\\name$, needs none)']
