import type { DescMethod } from "@bufbuild/protobuf";

import { type HttpRule, httpRules } from "../../src/descriptors/write/http-rules.js";
import type { RestRoute } from "../../src/transports/rest/rest-route.js";

/**
 * The part of the path that a query parameter carries where the path cannot, with protobuf's names. FlyteAdmin
 * v1.16 lets that parameter override the path on these routes, by an accident of its generated filters; other
 * routes ignore it.
 */
const namesByQuery: Readonly<Record<string, string>> = {
  GetTask: "id.name",
  GetWorkflow: "id.name",
  GetLaunchPlan: "id.name",
  GetDescriptionEntity: "id.name",
  GetTaskExecution: "id.task_id.name",
  GetTaskExecutionData: "id.task_id.name",
};

/** The route of a method, from its `google.api.http` option. It has no bindings where the method has no option. */
export function routeOf(method: DescMethod): RestRoute {
  const rules = httpRules(method);
  const nameByQuery = namesByQuery[method.name];
  if (nameByQuery !== undefined && !rules[0]?.path.includes(`{${nameByQuery}}`)) {
    throw new Error(`the path of ${method.name} has no ${nameByQuery}`);
  }
  return {
    bindings: rules.map(({ verb, path, body }) => ({
      verb,
      path,
      ...(body === "*" && { hasBody: true }),
    })),
    ...(takesForm(method, rules[0]) && { takesForm: true }),
    ...(nameByQuery !== undefined && { nameByQuery }),
  };
}

/** Whether a form sent by POST is read as this GET's query: not where another RPC has a POST to a path like it. */
function takesForm(method: DescMethod, rule: HttpRule | undefined): boolean {
  if (rule?.verb !== "GET") return false;
  return !method.parent.methods.some(
    (other) =>
      other !== method &&
      httpRules(other).some(({ verb, path }) => verb === "POST" && meet(path, rule.path)),
  );
}

/** Whether a path can fit both templates. */
function meet(one: string, other: string): boolean {
  const [mine, theirs] = [one.split("/"), other.split("/")];
  return (
    mine.length === theirs.length &&
    mine.every((part, at) => part === theirs[at] || [part, theirs[at]].some(isField))
  );
}

function isField(part: string | undefined): boolean {
  return part?.startsWith("{") === true;
}
