import { type AdminClient, formatId } from "flyte-admin-client";

/** Uploads a file and launches a workflow that reads it. Argument: the launch plan. */
export async function run(admin: AdminClient, [plan = "score"]: readonly string[]): Promise<void> {
  const { nativeUri } = await admin.dataProxy.upload({
    filename: "rows.csv",
    // In a page this is the File of an <input>, in Node `await fileBody("rows.csv")`.
    body: new TextEncoder().encode("id,label\n1,cat\n"),
  });
  const id = await admin.executions.launch({
    launchPlan: { name: plan },
    values: { rows: { kind: "blob", uri: nativeUri, format: "csv", dimensionality: "SINGLE" } },
  });
  console.log("launched", formatId(id), "with", nativeUri);
}
