import {
  type AdminClient,
  AlreadyExistsError,
  InvalidArgumentError,
  isFlyteError,
} from "flyte-admin-client";

/** A message of a queue. Its id is the same each time that the queue delivers it. */
interface Job {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Launches a job once, however often it is delivered: its id is the name of the execution. */
async function handle(admin: AdminClient, plan: string, job: Job): Promise<string> {
  const name = `job-${job.id}`;
  try {
    await admin.executions.launch({ launchPlan: { name: plan }, name, values: job.values });
    return "launched";
  } catch (error) {
    // The name was taken before this call: an earlier delivery launched it.
    if (error instanceof AlreadyExistsError) return "launched before";
    // Sent again it would fail again. Inputs that do not fit are a LiteralError, which is one too.
    if (error instanceof InvalidArgumentError) return `given up: ${error.message}`;
    if (isFlyteError(error, "UNAVAILABLE")) return "try again later";
    throw error;
  }
}

/** Handles three deliveries of two jobs. Argument: the launch plan. */
export async function run(admin: AdminClient, [plan = "train"]: readonly string[]): Promise<void> {
  const good = { id: "7", values: { epochs: 3 } };
  const bad = { id: "8", values: { epochs: "three" } };
  for (const job of [good, good, bad]) console.log(job.id, await handle(admin, plan, job));
}
