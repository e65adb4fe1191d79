import { type AdminClient, literalsToJson } from "flyte-admin-client";

/** Prints the inputs that differ between two executions. Arguments: their names. */
export async function run(
  admin: AdminClient,
  [left = "small", right = "large"]: readonly string[],
): Promise<void> {
  const [a, b] = await Promise.all([inputsOf(admin, left), inputsOf(admin, right)]);
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [before, after] = [JSON.stringify(a[name]), JSON.stringify(b[name])];
    if (before !== after) console.log(`${name}: ${before} → ${after}`);
  }
}

async function inputsOf(admin: AdminClient, name: string): Promise<Record<string, unknown>> {
  const inputs = await admin.executions.inputs({ name });
  if (inputs.kind === "literals") return literalsToJson(inputs.literals);
  throw new Error(`the inputs of ${name} cannot be read: ${inputs.kind}`);
}
