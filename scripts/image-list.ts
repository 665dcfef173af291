import { cacheDirectory } from '../src/payload/cache/cache.ts';
import { run } from '../src/process.ts';
import { keystonePython } from '../src/sandbox/services/keystone-venv.ts';

/** What `openstack image list` does: log in, ask the catalogue where images are, and list them there. */
const program = `import os
from keystoneauth1 import session
from keystoneauth1.identity import v3

auth = v3.Password(auth_url=os.environ["OS_AUTH_URL"], username="admin", password=os.environ["OS_PASSWORD"],
                   project_name="admin", user_domain_name="Default", project_domain_name="Default")
client = session.Session(auth=auth)
image = {"service_type": "image", "interface": "public", "region_name": "RegionOne"}
print(client.get_endpoint(auth=auth, **image))
for one in client.get("/v2/images", endpoint_filter=image).json()["images"]:
    print(one["id"], one["status"], one["name"])
`;

/** The address of the image service in the catalogue, and a line for each image, as OpenStack's own client library sees them. */
export async function imageList(authUrl: string, adminPassword: string): Promise<readonly string[]> {
  const python = await keystonePython(cacheDirectory());
  const env = { OS_AUTH_URL: authUrl, OS_PASSWORD: adminPassword, no_proxy: '*' };
  const { stdout } = await run(python, ['-c', program], { env });
  return stdout.trim().split('\n');
}
