import { describe, expect, it } from "@jest/globals";

import { WorkflowExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import { AdminClient, phaseOf } from "../../../src/index.js";
import { createGrpcTransport } from "../../../src/node.js";
import { RestartingServer } from "./restarting-server.js";
import { bulkNames, launchNames, reads, scope, waitsAndWrites, type Work } from "./work.js";

// `npm run test:faults` sets a longer time.
const awayMs = Number(process.env["RESTART_AWAY_MS"] ?? "1000");

/** Where all pieces of work wait for each other. */
class Meeting {
  readonly all: Promise<void>;
  #missing: number;
  #end: () => void = () => undefined;

  constructor(count: number) {
    this.#missing = count;
    this.all = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  arrive(): Promise<void> {
    this.#missing -= 1;
    if (this.#missing === 0) this.#end();
    return this.all;
  }
}

describe.each(["grpc", "rest"] as const)(
  "A server that is killed and comes back, over %s",
  (wire) => {
    it(
      `loses, doubles and reorders nothing of reads, waits and writes when it is away for ${awayMs} ms`,
      async () => {
        await using server = await RestartingServer.start({ bulk: bulkNames, rows: 40 });
        const { urls } = server;
        const open = () =>
          new AdminClient(
            wire === "grpc"
              ? { transport: createGrpcTransport({ baseUrl: urls.grpc }) }
              : { baseUrl: urls.rest },
          );
        using admin = open();
        const expected = new Map<string, unknown>();
        for (const [name, work] of Object.entries(reads)) {
          expected.set(name, await work(admin, () => Promise.resolve()));
        }
        const works = new Map<string, Work>(Object.entries(reads));
        for (const [name, [work, result]] of Object.entries(waitsAndWrites)) {
          works.set(name, work);
          expected.set(name, result);
        }
        const meeting = new Meeting(works.size);
        const restarted = meeting.all.then(() => server.restart(awayMs));
        const ends = [...works].map(async ([name, work]): Promise<[string, unknown]> => {
          try {
            return [name, await work(admin, () => meeting.arrive())];
          } catch (error) {
            return [name, String(error)];
          }
        });
        await restarted;
        for (const name of ["waited", "watched"]) {
          await admin.executions.createEvent({
            executionId: { ...scope, name },
            phase: WorkflowExecution_Phase.SUCCEEDED,
            occurredAt: { seconds: 1_800_000_000n },
          });
        }
        const results = new Map(await Promise.all(ends));
        expect(results).toEqual(expected);

        for (const name of bulkNames) {
          expect(phaseOf(await admin.executions.get({ ...scope, name }))).toMatch(/^ABORT/);
        }
        const launched = await admin.executions
          .list({ ...scope, where: (f) => [f.name.contains("launched")] })
          .toArray({ limit: 100 });
        expect(launched.map(({ id }) => id?.name)).toEqual(launchNames);
      },
      120_000 + awayMs * 4,
    );
  },
);
