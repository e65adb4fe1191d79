import type { DescMethod, DescService } from "@bufbuild/protobuf";

import { restRoutes } from "../../../gen/flyteidl/service/rest_routes.js";
import type { RestBinding } from "../../transports/rest/index.js";
import { parseTemplate, type TemplateSegment } from "./path-template.js";
import { PathFieldFilter } from "./path-field-filter.js";

/** One way to reach an RPC over HTTP. */
export interface Route {
  readonly verb: string;
  readonly template: readonly TemplateSegment[];
  readonly method: DescMethod;
  /** Whether the request's body is the message. Its query is not looked at then. */
  readonly hasBody: boolean;
  /** Which query parameters the path hides. */
  readonly filter: PathFieldFilter;
}

/** The routes of these services, in the order of their methods. */
export function routesOf(services: readonly DescService[]): readonly Route[] {
  return services.flatMap((service) =>
    service.methods.flatMap((method) => {
      const { bindings = [] } = restRoutes[service.typeName]?.[method.name] ?? {};
      return bindings.map((binding) => routeOf(method, binding));
    }),
  );
}

function routeOf(method: DescMethod, binding: RestBinding): Route {
  const [verb = "", path = ""] = binding.split(" ");
  const template = parseTemplate(path);
  const fields = template.flatMap((part) => (part.kind === "field" ? [part.path] : []));
  const filter = new PathFieldFilter(method.input, fields);
  return { verb, template, method, hasBody: verb !== "GET", filter };
}
