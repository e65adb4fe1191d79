// What a bundler splits: test/client/split-bundle.test.ts runs it once it is bundled.
import { rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { AdminClient, isFlyteError } from "flyte-admin-client";
import { InMemoryFlyteAdmin, seedExecution } from "flyte-admin-client/testing";

const [, , partName = ""] = process.argv;
const part = fileURLToPath(new URL(partName, import.meta.url));

const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const id = await seedExecution(flyte, { name: "f3a" });
const defaults = { project: "flytesnacks", domain: "development" };
const admin = new AdminClient({ transport: flyte.transport(), defaults });

async function told(work: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await work());
  } catch (error) {
    return isFlyteError(error) ? `${error.name} ${error.code}: ${error.message}` : String(error);
  }
}

const nodes = async (): Promise<number> => {
  let count = 0;
  for await (const { kind } of admin.executions.tree(id)) count += kind === "execution" ? 1 : 0;
  return count;
};
const inputs = async (): Promise<string> => (await admin.executions.inputs(id)).kind;
const names = async (): Promise<unknown> =>
  (await admin.executions.list().toArray({ limit: 5 })).map((execution) => execution.id?.name);

await rename(part, `${part}.away`);
console.log(await told(names));
console.log(await told(inputs));
console.log(await told(nodes));
console.log(await told(() => admin.executions.tree(id, { concurrency: 0 })));
await rename(`${part}.away`, part);
console.log(await told(inputs));
console.log(await told(nodes));
