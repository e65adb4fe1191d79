/* global AbortSignal */
// What every runtime must do with the installed package over REST: list, and fail as it should.
import { AdminClient, isFlyteError, NotFoundError, outcomeOf } from "flyte-admin-client";

const nodeExecutionId = {
  executionId: { project: "flytesnacks", domain: "development", name: "f3a" },
  nodeId: "n0",
};

/**
 * @param {AdminClient} admin
 * @param {AdminClient} nobody a client of a server that is not there
 * @returns {Promise<string>} the result, in one line
 */
export async function check(admin, nobody) {
  const counts = /** @type {Record<string, number>} */ ({});
  for await (const attempt of admin.taskExecutions.list({ nodeExecutionId }, { pageSize: 400 })) {
    const { kind } = outcomeOf(attempt);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const missing = await admin.executions
    .get({ project: "flytesnacks", domain: "development", name: "nobody" })
    .catch((/** @type {unknown} */ error) => error);
  const refused = await nobody.projects
    .listDomains()
    .catch((/** @type {unknown} */ error) => error);
  const ended = await admin.projects
    .listDomains({ signal: AbortSignal.abort(new Error("enough")) })
    .catch((/** @type {unknown} */ error) => error);
  return [
    JSON.stringify(counts),
    missing instanceof NotFoundError,
    isFlyteError(refused, "UNAVAILABLE"),
    isFlyteError(ended, "CANCELLED"),
  ].join(" ");
}

/** The client of a REST gateway. @param {string} baseUrl */
export function restClient(baseUrl) {
  return new AdminClient({ baseUrl, retry: false, timeoutMs: 10_000 });
}
