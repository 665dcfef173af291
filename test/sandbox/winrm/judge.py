"""Clients of others at a WinRM service: one JSON object on standard input says where and how to log in, one on standard output what came.

Keys: host, port, ssl, ca, auth (basic, ntlm, certificate), user, password, certificate, key, bytes (of output).
"""

import hashlib
import json
import sys

import winrm
from pypsrp.exceptions import AuthenticationError, WSManFaultError
from pypsrp.shell import Process, SignalCode, WinRS
from pypsrp.wsman import WSMan
from winrm.exceptions import InvalidCredentialsError, WinRMOperationTimeoutError

how = json.load(sys.stdin)

def told(exit_code, output, errors):
    return {
        "exit": exit_code,
        "length": len(output),
        "sha256": hashlib.sha256(output).hexdigest(),
        "start": output[:20].decode(),
        "errors": errors.decode(),
    }


def psrp_wsman(password):
    own = {"certificate_pem": how["certificate"], "certificate_key_pem": how["key"]}
    login = own if how["auth"] == "certificate" else {"username": how["user"], "password": password}
    return WSMan(
        how["host"],
        port=how["port"],
        ssl=how["ssl"],
        cert_validation=how["ca"],
        auth=how["auth"],
        no_proxy=True,
        **login,
    )


def psrp():
    found = {}
    with psrp_wsman(how["password"]) as wsman, WinRS(wsman) as shell:

        def run(line, given=()):
            process = Process(shell, line)
            process.begin_invoke()
            for index, part in enumerate(given):
                process.send(part, end=index == len(given) - 1)
            process.end_invoke()
            process.signal(SignalCode.TERMINATE)
            return told(process.rc, process.stdout, process.stderr)

        found["command"] = run("echo out& echo err 1>&2& exit 4294967295")
        found["much"] = run("print-bytes %d" % how["bytes"])
        found["input"] = run("more", [b"first\r\n", b"x" * 200_000, b"last"])
        waiting = Process(shell, "more")
        waiting.begin_invoke()
        try:
            shell.receive(command_id=waiting.id, timeout=1)
        except WSManFaultError as error:
            found["timeout"] = error.code
        waiting.signal(SignalCode.CTRL_C)
    if how["auth"] != "certificate":
        try:
            with psrp_wsman("wrong") as wsman, WinRS(wsman):
                pass
        except AuthenticationError as error:
            found["refused"] = type(error).__name__
    return found


def pywinrm_protocol(password, seconds=20):
    scheme = "https" if how["ssl"] else "http"
    return winrm.Protocol(
        "%s://%s:%d/wsman" % (scheme, how["host"], how["port"]),
        transport=how["auth"],
        username=how["user"],
        password=password,
        ca_trust_path=how["ca"],
        cert_pem=how["certificate"],
        cert_key_pem=how["key"],
        operation_timeout_sec=seconds,
        read_timeout_sec=seconds + 10,
        proxy=None,
    )


def pywinrm():
    found = {}
    protocol = pywinrm_protocol(how["password"])
    shell = protocol.open_shell()

    def run(line, given=()):
        command = protocol.run_command(shell, line)
        for index, part in enumerate(given):
            protocol.send_command_input(shell, command, part, end=index == len(given) - 1)
        output, errors, exit_code = protocol.get_command_output(shell, command)
        protocol.cleanup_command(shell, command)
        return told(exit_code, output, errors)

    found["command"] = run("echo out& echo err 1>&2& exit 4294967295")
    found["much"] = run("print-bytes %d" % how["bytes"])
    found["input"] = run("more", [b"first\r\n", b"x" * 100_000, b"x" * 100_000, b"last"])
    protocol.close_shell(shell)
    hasty = pywinrm_protocol(how["password"], 1)
    shell = hasty.open_shell()
    command = hasty.run_command(shell, "more")
    try:
        hasty.get_command_output_raw(shell, command)
    except WinRMOperationTimeoutError:
        found["timeout"] = 2150858793
    hasty.close_shell(shell)
    if how["auth"] != "certificate":
        try:
            pywinrm_protocol("wrong").open_shell()
        except InvalidCredentialsError as error:
            found["refused"] = type(error).__name__
    return found


print(json.dumps({"pypsrp": psrp(), "pywinrm": pywinrm()}))
