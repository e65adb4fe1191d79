import { type AdminClient, LiteralError, valuesToLiterals } from "flyte-admin-client";

/** Checks inputs against the active version of a launch plan. Arguments: the plan, and the inputs as JSON. */
export async function run(
  admin: AdminClient,
  [plan = "train", json = '{ "epochs": 2.5 }']: readonly string[],
): Promise<void> {
  const launchPlan = await admin.launchPlans.getActive({ name: plan });
  try {
    valuesToLiterals(JSON.parse(json) as Record<string, unknown>, launchPlan);
    console.log("the inputs fit");
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    console.log(error.message);
  }
}
