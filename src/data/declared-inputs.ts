import { create } from "@bufbuild/protobuf";

import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import { type Identifier, ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import { getLaunchPlanMethod, getTaskMethod } from "../../gen/flyteidl/service/methods.js";
import { toFlyteError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import type { InputsResult } from "./data-results.js";
import type { ReadDataOptions } from "./read-data-options.js";
import type { RecordedData } from "./recorded-data.js";
import { throwUnlessRecoverable } from "./stored-object.js";

/**
 * Returns what is known of the inputs of an execution: an empty map where what it runs declares no
 * inputs. The row of an execution does not record its inputs.
 */
export async function declaredInputs(
  row: Execution,
  connection: Connection,
  options: ReadDataOptions,
): Promise<RecordedData<InputsResult>> {
  const id = row.spec?.launchPlan;
  const names = id === undefined ? undefined : await inputNames(connection, id, options);
  if (names?.length !== 0) return { kind: "stored", uri: undefined };
  const literals = create(LiteralMapSchema);
  return { kind: "final", result: { kind: "literals", literals, source: "inline" } };
}

async function inputNames(
  connection: Connection,
  id: Identifier,
  options: ReadDataOptions,
): Promise<readonly string[] | undefined> {
  try {
    if (id.resourceType === ResourceType.TASK) {
      const { closure } = await callUnary(
        connection,
        getTaskMethod,
        { id },
        callOptionsOf(options),
      );
      const template = closure?.compiledTask?.template;
      return template && Object.keys(template.interface?.inputs?.variables ?? {});
    }
    const { closure } = await callUnary(
      connection,
      getLaunchPlanMethod,
      { id },
      callOptionsOf(options),
    );
    return closure && Object.keys(closure.expectedInputs?.parameters ?? {});
  } catch (error) {
    const flyteError = toFlyteError(error);
    if (flyteError.code !== "NOT_FOUND") throwUnlessRecoverable(flyteError);
    return undefined;
  }
}
