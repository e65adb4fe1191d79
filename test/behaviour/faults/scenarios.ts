import { expect } from "@jest/globals";

import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { AdminClient, ListOptions, PagedList } from "../../../src/index.js";
import { fetchSignedUrl, isFlyteError } from "../../../src/index.js";
import type { SeededRandom } from "./seeded-random.js";
import { blobBytes, blobMd5, blobUri, scope, type World } from "./world.js";

/** The tools of a scenario. */
export interface Stage {
  readonly world: World;
  readonly admin: AdminClient;
  readonly random: SeededRandom;
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/** Does something, and checks the result. Failures of calls are FlyteErrors, and handed over. */
export type Scenario = (stage: Stage) => Promise<Aftermath>;

/** The checks when the faults are over. */
export interface Aftermath {
  /** The failure of the scenario's calls. */
  readonly failure: unknown;
  /** Checks the server once it answers again. */
  readonly check?: (calm: AdminClient) => Promise<void>;
}

/** No call may take longer, in milliseconds. */
const timeoutMs = 250;

const listRows: Scenario = async ({ world, admin, random, signal }) => {
  const options = listOptions(random, signal);
  return rowsOf(admin.executions.list(scope, options), (row: Execution) => row.id?.name, {
    all: world.executions,
    limit: options.limit,
  });
};

const listPages: Scenario = async ({ world, admin, random, signal }) => {
  const names: (string | undefined)[] = [];
  const failure = await failureOf(async () => {
    let token: string | undefined;
    do {
      const options = { ...listOptions(random, signal, false), token };
      token = undefined;
      // Each walk reads some pages and is left; the next one continues, as another process would.
      let pages = 1 + random.below(3);
      for await (const page of admin.executions.list(scope, options).pages()) {
        names.push(...page.items.map((row) => row.id?.name));
        token = page.nextToken;
        if ((pages -= 1) === 0) break;
      }
    } while (token !== undefined);
  });
  expectPrefix(names, world.executions, failure);
  return { failure };
};

const walkTree: Scenario = async ({ world, admin, random, signal }) => {
  const options = () => listOptions(random, signal, false);
  const seen: string[] = [];
  const failure = await failureOf(async () => {
    const nodes = admin.nodeExecutions.list({ executionId: world.tree }, options());
    for await (const node of nodes) {
      const attempts: PagedList<TaskExecution> = admin.taskExecutions.list(
        { nodeExecutionId: node.id! },
        options(),
      );
      for await (const attempt of attempts) {
        seen.push(`${node.id?.nodeId}/${attempt.id?.retryAttempt}`);
      }
    }
  });
  expectPrefix(seen, world.attempts, failure);
  return { failure };
};

const launchNamed: Scenario = async ({ world, admin, random, signal }) => {
  const name = world.newName();
  const source = { ...scope, name: world.failed };
  const failure = await failureOf(async () => {
    const options = { signal, timeoutMs };
    const id =
      random.below(2) === 0
        ? await admin.executions.launch({ launchPlan: world.launchPlan, name }, options)
        : await admin.executions.relaunch(source, { name }, options);
    expect(id).toMatchObject({ ...scope, name });
  });
  return {
    failure,
    check: async (calm) => {
      const found = await calm.executions.list({ ...scope, name }).toArray({ limit: 5 });
      if (failure === undefined) expect(found).toHaveLength(1);
      else expect(found.length).toBeLessThanOrEqual(1);
      world.executions.push(...found.map(() => name));
    },
  };
};

/** The name of an execution with other labels is taken: the launch must never report it as its own. */
const launchReused: Scenario = async ({ world, admin, random, signal }) => {
  const name = random.pick(world.executions);
  const spec = { labels: { values: { owner: "somebody-else" } } };
  const failure = await failureOf(async () => {
    await admin.executions.launch(
      { launchPlan: world.launchPlan, name, spec },
      { signal, timeoutMs },
    );
  });
  expect(failure).toBeDefined();
  return {
    failure,
    check: async (calm) => {
      const found = await calm.executions.get({ ...scope, name });
      expect(found.spec?.labels?.values["owner"]).toBeUndefined();
    },
  };
};

const launchUnnamed: Scenario = async ({ world, admin, signal }) => {
  const failure = await failureOf(async () => {
    await admin.executions.launch({ launchPlan: world.launchPlan }, { signal, timeoutMs });
  });
  return {
    failure,
    check: async (calm) => {
      const all = await calm.executions.list(scope).toArray({ limit: 10_000 });
      const fresh = all
        .map((row) => row.id?.name ?? "")
        .filter((name) => !world.executions.includes(name));
      if (failure === undefined) expect(fresh).toHaveLength(1);
      else expect(fresh.length).toBeLessThanOrEqual(1);
      world.executions.push(...fresh);
    },
  };
};

const readOutputs: Scenario = async ({ world, admin, signal }) => {
  const failure = await failureOf(async () => {
    const result = await admin.executions.outputs(
      { ...scope, name: world.succeeded },
      { signal, timeoutMs },
    );
    // A storage that fails is reported as a result; what is reported as literals must be them.
    if (result.kind === "literals") expect(Object.keys(result.literals.literals)).toEqual(["o0"]);
  });
  return { failure };
};

const transfer: Scenario = async ({ admin, signal, fetch }) => {
  const failure = await failureOf(async () => {
    const options = { signal, timeoutMs };
    const { signedUrl } = await admin.dataProxy.createDownloadLocation(blobUri, {}, options);
    const bytes = await fetchSignedUrl(signedUrl, {
      ...options,
      md5: blobMd5,
      retryDelayMs: () => 0,
      ...(fetch && { fetch }),
    }).bytes();
    expect(Buffer.from(bytes).equals(Buffer.from(blobBytes))).toBe(true);
  });
  return { failure };
};

export const scenarios: Readonly<Record<string, Scenario>> = {
  listRows,
  listPages,
  walkTree,
  launchNamed,
  launchReused,
  launchUnnamed,
  readOutputs,
  transfer,
};

function listOptions(random: SeededRandom, signal: AbortSignal, mayBeLimited = true): ListOptions {
  return {
    signal,
    timeoutMs,
    pageSize: 1 + random.below(12),
    readAhead: random.pick([false, "auto", 3] as const),
    ...(mayBeLimited && random.below(3) === 0 && { limit: 1 + random.below(40) }),
  };
}

async function rowsOf<T>(
  list: AsyncIterable<T>,
  nameOf: (row: T) => string | undefined,
  wanted: { readonly all: readonly string[]; readonly limit: number | undefined },
): Promise<Aftermath> {
  const names: (string | undefined)[] = [];
  const failure = await failureOf(async () => {
    for await (const row of list) names.push(nameOf(row));
  });
  expectPrefix(names, wanted.all.slice(0, wanted.limit), failure);
  return { failure };
}

/** Expects the rows before a failure to begin the whole, and without a failure to be the whole. */
function expectPrefix(
  given: readonly (string | undefined)[],
  all: readonly string[],
  failure: unknown,
): void {
  expect(given).toEqual(failure === undefined ? all : all.slice(0, given.length));
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isFlyteError(error)) throw error;
    return error;
  }
}
