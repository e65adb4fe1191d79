import { fromBinary } from "@bufbuild/protobuf";
import { type AdminClient, fetchSignedUrl } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import {
  type LiteralMap,
  LiteralMapSchema,
} from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import type { NodeExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { sizeText } from "./describe.js";
import type { Terminal } from "./terminal.js";

/** Reads the outputs of the largest of the first attempts that succeeded, through its signed URL. */
export async function showOutputs(
  admin: AdminClient,
  nodes: readonly NodeExecutionIdentifier[],
  terminal: Terminal,
): Promise<void> {
  const attempt = await attemptToRead(admin, nodes);
  if (attempt?.id === undefined) {
    terminal.line("   No attempt has succeeded, so there are no outputs.");
    return;
  }
  const { outputs, fullOutputs } = await admin.taskExecutions.getData(attempt.id);
  const inline = Object.keys(fullOutputs?.literals ?? {}).length;
  terminal.line(`   attempt ${attempt.id.retryAttempt} of ${attempt.id.nodeExecutionId?.nodeId}`);
  terminal.line(
    `   inline:      ${inline === 0 ? "nothing, as for every object over the server's limit" : `${inline} outputs`}`,
  );

  if (outputs === undefined || outputs.url === "") {
    terminal.line("   signed URL:  none (the server has remoteData.signedUrls off)");
    const read = await admin.taskExecutions.outputs(attempt);
    terminal.line(
      `   outputs():   ${read.kind === "literals" ? namesOf(read.literals) : read.kind}`,
    );
    return;
  }
  const download = fetchSignedUrl(outputs.url, {
    onProgress: ({ done, total }) => {
      terminal.progress(`   signed URL:  ${sizeText(done)} of ${sizeText(total ?? done)}`);
    },
  });
  const bytes = await download.bytes();
  terminal.done(
    `   signed URL:  ${sizeText(bytes.length)}, ${namesOf(fromBinary(LiteralMapSchema, bytes))}`,
  );
}

async function attemptToRead(
  admin: AdminClient,
  nodes: readonly NodeExecutionIdentifier[],
): Promise<TaskExecution | undefined> {
  let found: TaskExecution | undefined;
  let foundBytes = -1n;
  for (const nodeExecutionId of nodes) {
    const succeeded = admin.taskExecutions.list(
      { nodeExecutionId, where: (f) => f.phase.eq("SUCCEEDED") },
      { limit: 10 },
    );
    for await (const attempt of succeeded) {
      if (attempt.id === undefined) continue;
      const { outputs } = await admin.taskExecutions.getData(attempt.id);
      if ((outputs?.bytes ?? 0n) > foundBytes) {
        found = attempt;
        foundBytes = outputs?.bytes ?? 0n;
      }
    }
    if (found !== undefined) return found;
  }
  return found;
}

function namesOf({ literals }: LiteralMap): string {
  const names = Object.keys(literals);
  return names.length === 0 ? "no outputs" : `outputs ${names.join(", ")}`;
}
