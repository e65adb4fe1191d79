import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";

// Runs remote.py, with the Python that is given, against an in-memory FlyteAdmin over a socket.
const [python = "python3"] = process.argv.slice(2);
const server = await new InMemoryFlyteAdmin({ projects: ["flytesnacks"] }).listen();
const script = fileURLToPath(new URL("./remote.py", import.meta.url));
const child = spawn(python, [script, new URL(server.grpcUrl).host, script], {
  stdio: ["ignore", "inherit", "inherit"],
  // The user's own configuration of Flyte is none of this test's business.
  env: { ...process.env, FLYTECTL_CONFIG: "", PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" },
});
await once(child, "exit");
await server.close();
process.exitCode = child.exitCode ?? 1;
