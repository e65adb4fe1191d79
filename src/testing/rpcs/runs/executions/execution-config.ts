import { create, fromBinary } from "@bufbuild/protobuf";

import type { ExecutionSpec } from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { AuthRole } from "../../../../../gen/flyteidl/admin/common_pb.js";
import type { LaunchPlanSpec } from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  MatchingAttributesSchema,
  type WorkflowExecutionConfig,
} from "../../../../../gen/flyteidl/admin/matchable_resource_pb.js";
import {
  IdentitySchema,
  type SecurityContext,
  SecurityContextSchema,
} from "../../../../../gen/flyteidl/core/security_pb.js";
import type { FlyteState } from "../../../store/index.js";

/** The settings of an execution that the server resolves and writes to its spec. */
export interface ResolvedConfig {
  readonly maxParallelism: number;
  readonly securityContext: SecurityContext;
}

/** Where the settings of an execution come from. */
export interface ConfigSources {
  readonly project: string;
  readonly domain: string;
  readonly spec: ExecutionSpec;
  /** None when a task is launched by itself. */
  readonly launchPlan: LaunchPlanSpec | undefined;
}

/**
 * The settings of an execution: the first that has one of the request, its
 * launch plan, the attributes of the narrowest scope, those of the project, and
 * the server's configuration.
 */
export function resolveConfig(state: FlyteState, sources: ConfigSources): ResolvedConfig {
  const { project, domain, spec, launchPlan } = sources;
  const workflow = launchPlan?.workflowId?.name ?? "";
  const levels = [
    spec,
    launchPlan,
    storedConfig(state, project, domain, workflow),
    storedConfig(state, project, "", ""),
  ].filter((level) => level !== undefined);
  return {
    maxParallelism:
      levels.map((level) => level.maxParallelism).find((value) => value > 0) ??
      state.config.maxParallelism,
    securityContext: securityContext(levels, spec, launchPlan),
  };
}

function securityContext(
  levels: readonly { readonly securityContext?: SecurityContext | undefined }[],
  spec: ExecutionSpec,
  launchPlan: LaunchPlanSpec | undefined,
): SecurityContext {
  const given = levels.map((level) => level.securityContext).find(namesIdentity);
  if (given !== undefined) return given;
  const role = spec.authRole ?? launchPlanRole(launchPlan);
  return create(SecurityContextSchema, {
    runAs: create(IdentitySchema, {
      iamRole: role?.assumableIamRole ?? "",
      k8sServiceAccount: role?.kubernetesServiceAccount ?? "",
    }),
  });
}

function namesIdentity(context: SecurityContext | undefined): boolean {
  const runAs = context?.runAs;
  if (runAs === undefined) return false;
  return runAs.k8sServiceAccount !== "" || runAs.iamRole !== "" || runAs.executionIdentity !== "";
}

type Role = Pick<AuthRole, "assumableIamRole" | "kubernetesServiceAccount">;

/** The role of the fields that came before the security context. */
function launchPlanRole(launchPlan: LaunchPlanSpec | undefined): Role | undefined {
  const old = launchPlan?.authRole ?? launchPlan?.auth;
  if (old !== undefined || launchPlan === undefined || launchPlan.role === "") return old;
  return { assumableIamRole: launchPlan.role, kubernetesServiceAccount: "" };
}

/** The attributes of the narrowest scope that covers a workflow. */
function storedConfig(
  state: FlyteState,
  project: string,
  domain: string,
  workflow: string,
): WorkflowExecutionConfig | undefined {
  const covers = (wanted: string, scope: string) => scope === "" || scope === wanted;
  const [narrowest] = [...state.resources.values()]
    .filter(
      (row) =>
        row.resourceType === "WORKFLOW_EXECUTION_CONFIG" &&
        covers(project, row.project) &&
        covers(domain, row.domain) &&
        covers(workflow, row.workflow) &&
        row.launchPlan === "",
    )
    .sort((a, b) => b.priority - a.priority);
  if (narrowest === undefined) return undefined;
  const { target } = fromBinary(MatchingAttributesSchema, narrowest.attributes);
  return target.case === "workflowExecutionConfig" ? target.value : undefined;
}
