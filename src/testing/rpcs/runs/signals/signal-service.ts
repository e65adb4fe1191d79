import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import {
  type Signal,
  type SignalGetOrCreateRequest,
  type SignalList,
  type SignalListRequest,
  SignalListSchema,
  SignalSchema,
  type SignalSetRequest,
  type SignalSetResponse,
  SignalSetResponseSchema,
} from "../../../../../gen/flyteidl/admin/signal_pb.js";
import type { SignalIdentifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { LiteralSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import { LiteralTypeSchema } from "../../../../../gen/flyteidl/core/types_pb.js";
import { listRows, requireLimit, signalEntity } from "../../../lists/index.js";
import { type FlyteState, joinKey, type SignalRow } from "../../../store/index.js";
import { invalidArgument, missing, uniqueViolation } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { requireField } from "../../registry/checks/index.js";
import { checkExecutionId, checkListedExecutionId } from "../checks/index.js";
import { checkKnownType, isCastable, literalType } from "../../types/index.js";

/**
 * Answers with a signal, which is made when there is none. Its execution need
 * not exist.
 * @throws ALREADY_EXISTS when there is one of another type
 */
export function getOrCreateSignal(state: FlyteState, request: SignalGetOrCreateRequest): Signal {
  const { executionId, signalId } = checkSignalId(request.id);
  if (request.type === undefined) throw missing("type");
  const { project, domain, name } = executionId;
  const key = joinKey(project, domain, name, signalId);
  const type = toBinary(LiteralTypeSchema, request.type);
  const known = state.signals.get(key);
  if (known !== undefined) {
    if (String(known.type) !== String(type)) throw uniqueViolation("signals_pkey");
    return signalMessage(known);
  }
  const now = state.tick();
  const row: SignalRow = {
    id: state.signals.nextId,
    createdAt: now,
    updatedAt: now,
    executionProject: project,
    executionDomain: domain,
    executionName: name,
    signalId,
    type,
    value: new Uint8Array(),
  };
  state.signals.insert(row, key, [joinKey(project, domain, name)]);
  return signalMessage(row);
}

/** Lists the signals of an execution. */
export function listSignals(state: FlyteState, request: SignalListRequest): SignalList {
  const { project, domain, name } = checkListedExecutionId(request.workflowExecutionId);
  requireLimit(request.limit);
  const rows = state.signals.group(joinKey(project, domain, name));
  const page = listRows(state, rows, request, { entity: signalEntity, rpc: "ListSignals" });
  return create(SignalListSchema, { signals: page.rows.map(signalMessage), token: page.token });
}

/**
 * Sets a signal's value, also when it is set already.
 * @throws INVALID_ARGUMENT when the signal does not exist, or the value is not of its type
 */
export function setSignal(state: FlyteState, request: SignalSetRequest): SignalSetResponse {
  const { executionId, signalId } = checkSignalId(request.id);
  if (request.value === undefined) throw missing("value");
  const { project, domain, name } = executionId;
  const row = state.signals.get(joinKey(project, domain, name, signalId));
  if (row === undefined) {
    throw invalidArgument(
      `failed to validate that signal [{{${project} ${domain} ${name}} ${signalId}}] exists, err: [signal does not exist]`,
    );
  }
  const valueType = literalType(request.value);
  checkKnownType("", valueType);
  if (!isCastable(fromBinary(LiteralTypeSchema, row.type), valueType)) {
    throw invalidArgument(
      `requested signal value [${messageText(LiteralSchema, request.value)}] is not castable to existing signal type [[${row.type.join(" ")}]]`,
    );
  }
  row.value = toBinary(LiteralSchema, request.value);
  row.updatedAt = state.tick();
  return create(SignalSetResponseSchema);
}

function checkSignalId(id: SignalIdentifier | undefined) {
  if (id === undefined) throw missing("id");
  if (id.executionId === undefined) throw missing("execution_id");
  requireField(id.signalId, "signal_id");
  return { executionId: checkExecutionId(id.executionId), signalId: id.signalId };
}

function signalMessage(row: SignalRow): Signal {
  const signal = create(SignalSchema, {
    id: {
      signalId: row.signalId,
      executionId: {
        project: row.executionProject,
        domain: row.executionDomain,
        name: row.executionName,
      },
    },
    type: fromBinary(LiteralTypeSchema, row.type),
  });
  if (row.value.length > 0) signal.value = fromBinary(LiteralSchema, row.value);
  return signal;
}
