import {
  type DescFile,
  type DescMessage,
  type JsonValue,
  type JsonWriteOptions,
  type Message,
  toJson as toJsonOf,
} from "@bufbuild/protobuf";

import { file_flyteidl_admin_cluster_assignment } from "../../gen/flyteidl/admin/cluster_assignment_pb.js";
import { file_flyteidl_admin_common } from "../../gen/flyteidl/admin/common_pb.js";
import { file_flyteidl_admin_description_entity } from "../../gen/flyteidl/admin/description_entity_pb.js";
import { file_flyteidl_admin_event } from "../../gen/flyteidl/admin/event_pb.js";
import { file_flyteidl_admin_execution } from "../../gen/flyteidl/admin/execution_pb.js";
import { file_flyteidl_admin_launch_plan } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import { file_flyteidl_admin_matchable_resource } from "../../gen/flyteidl/admin/matchable_resource_pb.js";
import { file_flyteidl_admin_node_execution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import { file_flyteidl_admin_project_attributes } from "../../gen/flyteidl/admin/project_attributes_pb.js";
import { file_flyteidl_admin_project_domain_attributes } from "../../gen/flyteidl/admin/project_domain_attributes_pb.js";
import { file_flyteidl_admin_project } from "../../gen/flyteidl/admin/project_pb.js";
import { file_flyteidl_admin_schedule } from "../../gen/flyteidl/admin/schedule_pb.js";
import { file_flyteidl_admin_signal } from "../../gen/flyteidl/admin/signal_pb.js";
import { file_flyteidl_admin_task_execution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { file_flyteidl_admin_task } from "../../gen/flyteidl/admin/task_pb.js";
import { file_flyteidl_admin_version } from "../../gen/flyteidl/admin/version_pb.js";
import { file_flyteidl_admin_workflow_attributes } from "../../gen/flyteidl/admin/workflow_attributes_pb.js";
import { file_flyteidl_admin_workflow } from "../../gen/flyteidl/admin/workflow_pb.js";
import { file_flyteidl_core_artifact_id } from "../../gen/flyteidl/core/artifact_id_pb.js";
import { file_flyteidl_core_catalog } from "../../gen/flyteidl/core/catalog_pb.js";
import { file_flyteidl_core_compiler } from "../../gen/flyteidl/core/compiler_pb.js";
import { file_flyteidl_core_condition } from "../../gen/flyteidl/core/condition_pb.js";
import { file_flyteidl_core_errors } from "../../gen/flyteidl/core/errors_pb.js";
import { file_flyteidl_core_execution_envs } from "../../gen/flyteidl/core/execution_envs_pb.js";
import { file_flyteidl_core_execution } from "../../gen/flyteidl/core/execution_pb.js";
import { file_flyteidl_core_identifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { file_flyteidl_core_interface } from "../../gen/flyteidl/core/interface_pb.js";
import { file_flyteidl_core_literals } from "../../gen/flyteidl/core/literals_pb.js";
import { file_flyteidl_core_metrics } from "../../gen/flyteidl/core/metrics_pb.js";
import { file_flyteidl_core_security } from "../../gen/flyteidl/core/security_pb.js";
import { file_flyteidl_core_tasks } from "../../gen/flyteidl/core/tasks_pb.js";
import { file_flyteidl_core_types } from "../../gen/flyteidl/core/types_pb.js";
import { file_flyteidl_core_workflow } from "../../gen/flyteidl/core/workflow_pb.js";
import { file_flyteidl_event_event } from "../../gen/flyteidl/event/event_pb.js";
import { file_flyteidl_service_admin } from "../../gen/flyteidl/service/admin_pb.js";
import { file_flyteidl_service_auth } from "../../gen/flyteidl/service/auth_pb.js";
import { file_flyteidl_service_dataproxy } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { file_flyteidl_service_identity } from "../../gen/flyteidl/service/identity_pb.js";
import { file_flyteidl_service_signal } from "../../gen/flyteidl/service/signal_pb.js";
import {
  file_google_protobuf_duration,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
} from "../../gen/google/protobuf/well_known.js";
import { file_google_rpc_status } from "../../gen/google/rpc/status_pb.js";
import { InvalidOptionError } from "../errors/index.js";
import {
  invalidOption,
  isObject,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";

const optionNames: OptionNames<JsonWriteOptions> = {
  alwaysEmitImplicit: true,
  enumAsInteger: true,
  useProtoFieldName: true,
  registry: true,
};

/**
 * Returns the protobuf JSON of a message that this package returns, without its schema in hand: what
 * `JSON.stringify` takes. 64-bit integers are strings, enums are names, times are ISO strings, durations are
 * strings such as `"3.5s"`, bytes are base64, and unset fields are left out.
 *
 * @param options - those of protobuf-es, such as `alwaysEmitImplicit`
 * @throws InvalidOptionError for anything but a message of this package
 *
 * @example
 * ```ts
 * response.end(JSON.stringify(toJson(await admin.executions.get(id))));
 * ```
 */
export function toJson(message: Message, options?: Partial<JsonWriteOptions>): JsonValue {
  const given: unknown = message;
  const typeName = isObject(given) && "$typeName" in given ? given.$typeName : undefined;
  if (typeof typeName !== "string") {
    throw invalidOption(
      "message",
      "a message that the server returned, such as an Execution",
      given,
      Array.isArray(given)
        ? "Map over the items of a list."
        : isObject(given) && "items" in given
          ? "Map over its items."
          : undefined,
    );
  }
  if (options !== undefined) requireKnownOptions(options, optionNames);
  const schema = schemaOf(typeName);
  if (schema === undefined) {
    throw new InvalidOptionError(
      `toJson does not know ${typeName}. Use toJson of @bufbuild/protobuf with the message's schema.`,
      { option: "message" },
    );
  }
  return toJsonOf(schema, message, options);
}

/**
 * Finds the schema of a message of this package by its type's name.
 *
 * @returns `undefined` for a type that is not of `flyte-admin-client/gen`
 */
export function schemaOf(typeName: string): DescMessage | undefined {
  // Made at each call: a table at module level would be work that every page pays for.
  const files: readonly DescFile[] = [
    file_flyteidl_admin_cluster_assignment,
    file_flyteidl_admin_common,
    file_flyteidl_admin_description_entity,
    file_flyteidl_admin_event,
    file_flyteidl_admin_execution,
    file_flyteidl_admin_launch_plan,
    file_flyteidl_admin_matchable_resource,
    file_flyteidl_admin_node_execution,
    file_flyteidl_admin_project_attributes,
    file_flyteidl_admin_project_domain_attributes,
    file_flyteidl_admin_project,
    file_flyteidl_admin_schedule,
    file_flyteidl_admin_signal,
    file_flyteidl_admin_task_execution,
    file_flyteidl_admin_task,
    file_flyteidl_admin_version,
    file_flyteidl_admin_workflow_attributes,
    file_flyteidl_admin_workflow,
    file_flyteidl_core_artifact_id,
    file_flyteidl_core_catalog,
    file_flyteidl_core_compiler,
    file_flyteidl_core_condition,
    file_flyteidl_core_errors,
    file_flyteidl_core_execution_envs,
    file_flyteidl_core_execution,
    file_flyteidl_core_identifier,
    file_flyteidl_core_interface,
    file_flyteidl_core_literals,
    file_flyteidl_core_metrics,
    file_flyteidl_core_security,
    file_flyteidl_core_tasks,
    file_flyteidl_core_types,
    file_flyteidl_core_workflow,
    file_flyteidl_event_event,
    file_flyteidl_service_admin,
    file_flyteidl_service_auth,
    file_flyteidl_service_dataproxy,
    file_flyteidl_service_identity,
    file_flyteidl_service_signal,
    file_google_protobuf_duration,
    file_google_protobuf_struct,
    file_google_protobuf_timestamp,
    file_google_rpc_status,
  ];
  for (const file of files) {
    if (!typeName.startsWith(`${file.proto.package}.`)) continue;
    const found = findIn(file.messages, typeName);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findIn(messages: readonly DescMessage[], typeName: string): DescMessage | undefined {
  for (const message of messages) {
    if (message.typeName === typeName) return message;
    if (!typeName.startsWith(`${message.typeName}.`)) continue;
    const nested = findIn(message.nestedMessages, typeName);
    if (nested !== undefined) return nested;
  }
  return undefined;
}
