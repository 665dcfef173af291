"""Folders of the service and who gets into them: the system, administrators and the account of the service."""
import os

from oriel_configuration import checks, files

SYSTEM, ADMINISTRATORS = 'S-1-5-18', 'S-1-5-32-544'
READ, MODIFY = '0x1200a9', '0x1301bf'


def prepare(properties, say):
    """Makes the folders. Where there is a configuration already, folders and access stay as somebody made them."""
    data = properties['DATADIR']
    writable = [data, properties['LOGDIR'], *(os.path.join(data, name) for name in ('lock', 'staging', 'cache'))]
    for folder in (properties['CONFIGDIR'], *writable):
        os.makedirs(folder, exist_ok=True)
    if files.configured(properties) or os.name != 'nt':
        return
    account = account_sid(properties['SERVICEACCOUNT'])
    for folder in (data, properties['LOGDIR']):
        protect(folder, account, MODIFY)
    protect(properties['CONFIGDIR'], account, READ)
    if account:
        allow_logon(account)
    say('closed the folders to all but administrators and the account of the service')


def account_sid(name):
    """None for the system, which has all rights already."""
    if name.lower() in checks.SYSTEM_NAMES:
        return None
    import win32security
    plain = name[2:] if name.startswith('.\\') else name
    return win32security.LookupAccountName(None, plain)[0]


def rules(account, rights):
    """SDDL: nothing inherited from C:\\ProgramData, where every user may read and make files."""
    own = f'(A;OICI;{rights};;;{account})' if account else ''
    return f'O:{ADMINISTRATORS}D:PAI(A;OICI;FA;;;{SYSTEM})(A;OICI;FA;;;{ADMINISTRATORS}){own}'


def protect(folder, account, rights):
    import win32security
    text = win32security.ConvertSidToStringSid(account) if account else ''
    made = win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(rules(text, rights), win32security.SDDL_REVISION_1)
    what = (win32security.OWNER_SECURITY_INFORMATION | win32security.DACL_SECURITY_INFORMATION
            | win32security.PROTECTED_DACL_SECURITY_INFORMATION)
    win32security.SetNamedSecurityInfo(folder, win32security.SE_FILE_OBJECT, what, made.GetSecurityDescriptorOwner(), None,
                                       made.GetSecurityDescriptorDacl(), None)


def allow_logon(account):
    """Windows Installer makes a service for an account without the right that the account needs to run one."""
    import win32security
    policy = win32security.LsaOpenPolicy(None, win32security.POLICY_LOOKUP_NAMES | win32security.POLICY_CREATE_ACCOUNT)
    win32security.LsaAddAccountRights(policy, account, ('SeServiceLogonRight',))
