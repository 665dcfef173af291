/** The smallest site file that does the job, with what there is to change in it; `oriel init` writes it. */
export const starterSite = `# yaml-language-server: $schema=./oriel.schema.json
# What every key means: \`oriel schema --markdown\`. Check this file: \`oriel validate site.yaml\`.

name: images                           # names the deployment; part of every identity derived from it
release: "2024.2"                      # OpenStack series, in quotes: 2023.1, 2023.2, 2024.1 or 2024.2

secrets:                               # where the values of { secret: NAME } come from; the first source that has one wins
  - env: ORIEL_                        # \`database_password\` is read from ORIEL_DATABASE_PASSWORD
# - file: secrets.yaml                 # lines of \`NAME: value\`; chmod 600
# - command: [pass, show, "oriel/{name}"]

storage:
  shares:
    images:
      path: \\\\sofs1.example.org\\images  # what the nodes open: a UNC path, or C:\\ClusterStorage\\Volume1\\images

components:
  glance:
    database:                          # one MySQL or MariaDB database for all nodes; the password is not part of the URL
      connection: mysql+pymysql://glance@db.example.org/glance?charset=utf8
      password: { secret: database_password }
    keystone:                          # leave this out only where every caller may be an administrator
      auth_url: https://keystone.example.org/v3
      password: { secret: keystone_password }

nodes:
  defaults:
    user: Administrator                # logs in by SSH with this key; without \`identity\` the SSH agent is asked
    identity: ~/.ssh/id_ed25519
  glance-1: { address: 10.0.0.11 }     # host name or IP address
  glance-2: { address: 10.0.0.12 }
`;
