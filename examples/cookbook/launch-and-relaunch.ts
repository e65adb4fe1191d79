import { AlreadyExistsError, type AdminClient, formatId } from "flyte-admin-client";

/** The interface of the workflow: the compiler checks names and types of the values by it. */
interface Training {
  readonly inputs: { readonly epochs: number; readonly rate?: number };
}

/** Launches a workflow under a name, so that a retry cannot start it twice, and runs it again. */
export async function run(
  admin: AdminClient,
  [plan = "train", name = "nightly-2026-11-24"]: readonly string[],
): Promise<void> {
  try {
    const id = await admin.executions.launch<Training>({
      launchPlan: { name: plan },
      name,
      values: { epochs: 3 },
    });
    console.log("launched", formatId(id), admin.consoleUrl(id));
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error;
    console.log("already launched", name);
  }
  const again = await admin.executions.relaunch({ name }, { name: `${name}-again` });
  console.log("relaunched", formatId(again));
}
