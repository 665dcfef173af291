/** Below `components` of a new site file. */
export const starter = `  glance:
    database:                          # one MySQL or MariaDB database for all nodes; the password is not part of the URL
      connection: mysql+pymysql://glance@db.example.org/glance?charset=utf8
      password: { secret: database_password }
    keystone:                          # leave this out only where every caller may be an administrator
      auth_url: https://keystone.example.org/v3
      password: { secret: keystone_password }
`;
