import type { DescMethod } from "@bufbuild/protobuf";

import { type HttpRule, httpRules } from "../../src/descriptors/write/write-file.js";
import type { RestBinding, RestRoute } from "../../src/transports/rest/rest-route.js";

/** The names of these in RestRoute are facts about the server, not about its protos. */
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
    bindings: rules.map(bindingOf),
    ...(meetsPost(method, rules[0]) && { meetsPost: true }),
    ...(nameByQuery !== undefined && { nameByQuery }),
  };
}

function bindingOf({ verb, path, body }: HttpRule): RestBinding {
  if ((verb === "GET") !== (body === "")) throw new Error(`${verb} ${path} has the body "${body}"`);
  if (!path.startsWith("/")) throw new Error(`${verb} ${path} is no path`);
  return `${verb} /${path.slice(1)}`;
}

function meetsPost(method: DescMethod, rule: HttpRule | undefined): boolean {
  if (rule?.verb !== "GET") return false;
  return method.parent.methods.some(
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
