/**
 * Keystone as one Python process: brings the database to its schema and the accounts, roles and endpoints of settings.json to
 * what it says, then serves with waitress. One process, as each start of keystone-manage costs five seconds. It is text and no
 * file, so that it is in the bundle as well.
 */
export const keystoneProgram = `import json
import sqlite3
import sys
import uuid

import waitress
from keystone.cmd.bootstrap import Bootstrapper
from keystone.common import driver_hints, provider_api
from keystone.common.rbac_enforcer.enforcer import RBACEnforcer
from keystone.common.sql import upgrades
from keystone.server.flask import core

APIS = provider_api.ProviderAPIs


class Account(Bootstrapper):
    """A user with a project and a role, made as "keystone-manage bootstrap" makes its admin."""

    def __init__(self, user, password, project, role):
        # Not the parent's: it would load the backends once more.
        self.admin_username = user
        self.admin_password = password
        self.project_name = project
        self.admin_role_name = role
        self.reader_role_name = "reader"
        self.member_role_name = "member"
        self.manager_role_name = "manager"
        self.service_role_name = "service"
        self.immutable_roles = False
        self.region_id = None
        self.public_url = self.internal_url = self.admin_url = None

    def ensure(self):
        self._bootstrap_default_domain()
        self._bootstrap_project()
        self._bootstrap_admin_user()
        self.admin_role_id = self._ensure_role_exists(self.admin_role_name)["id"]
        self._bootstrap_project_role_assignment()


def find(listed, **wanted):
    hints = driver_hints.Hints()
    for name, value in wanted.items():
        hints.add_filter(name, value)
    return listed(hints)


def ensure_service(kind, name, urls, region):
    catalog = APIS.catalog_api
    found = find(catalog.list_services, type=kind)
    service = found[0] if found else {"id": uuid.uuid4().hex, "name": name, "type": kind, "enabled": True}
    if not found:
        catalog.create_service(service["id"], service)
    present = {one["interface"]: one for one in find(catalog.list_endpoints, service_id=service["id"])}
    for interface, url in urls.items():
        endpoint = present.get(interface)
        if endpoint is None:
            endpoint = {"id": uuid.uuid4().hex, "interface": interface, "url": url, "enabled": True}
            endpoint.update(service_id=service["id"], region_id=region)
            catalog.create_endpoint(endpoint["id"], endpoint)
        elif endpoint["url"] != url:
            catalog.update_endpoint(endpoint["id"], {"url": url})


def main(settings):
    # A list that was read leaves its transaction open in its thread: without this nobody could write any longer.
    sqlite3.connect(settings["database"]).execute("PRAGMA journal_mode=WAL")
    app = core.initialize_application(
        "public", lambda: upgrades.offline_sync_database_to_version(None), [settings["configuration"]]
    )
    admin = Account(**settings["admin"])
    admin.region_id = settings["region"]
    admin.bootstrap()
    for account in settings["accounts"]:
        Account(**account).ensure()
    for service in settings["services"]:
        ensure_service(region=settings["region"], **service)
    # Else the first requests load the policy, and those beside them are refused by the half of it that is there.
    RBACEnforcer()._enforcer.load_rules()
    waitress.serve(app, host="127.0.0.1", port=settings["port"], threads=8, ident="keystone")


with open(sys.argv.pop(1)) as file:
    content = json.load(file)
main(content)
`;
