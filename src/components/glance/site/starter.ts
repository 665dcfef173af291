/** Below `components` of a new site file. */
export const starter = `  glance:
    database:                          # one MySQL or MariaDB database for all nodes; the password is not part of the URL
      connection: mysql+pymysql://glance@db.example.org/glance?charset=utf8
      password: { secret: database_password }
    keystone:                          # leave this out only where every caller may be an administrator
      auth_url: https://keystone.example.org/v3
      password: { secret: keystone_password }
`;

/** The same for what `oriel sandbox up --with keystone,mariadb` starts. */
export const sandboxStarter = `  glance:
    public_endpoint: http://127.0.0.2:9292 # what the catalogue tells clients; a load balancer's, where there is one
    bind: { host: node, port: 9292 }   # each node its own address: both live on this machine
    database:
      connection: mysql+pymysql://glance@127.0.0.1:13306/glance?charset=utf8
      password: { secret: glance_database_password }
    keystone:
      auth_url: http://127.0.0.1:15000/v3
      password: { secret: glance_keystone_password }
      admin: { password: { secret: keystone_admin_password } } # lists the service in the catalogue
    stores:
      images: { share: images, default: true }
`;
