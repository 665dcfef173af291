/** The OpenStack service that a sandbox is made for: its database, its users, its accounts. */
export const tenant = 'glance';
