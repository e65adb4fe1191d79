import { type DescMethod, type DescService, getOption } from "@bufbuild/protobuf";

import { http as httpOption } from "../../../gen/google/api/annotations_pb.js";
import type { HttpRule } from "../../../gen/google/api/http_pb.js";
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

/** The routes that the `google.api.http` options of these services declare, additional bindings included. */
export function routesOf(services: readonly DescService[]): readonly Route[] {
  return services.flatMap((service) =>
    service.methods.flatMap((method) => {
      if (method.methodKind !== "unary") return [];
      const rule = getOption(method, httpOption);
      return [rule, ...rule.additionalBindings].flatMap((binding) => routeOf(method, binding));
    }),
  );
}

function routeOf(method: DescMethod, rule: HttpRule): readonly Route[] {
  const { pattern } = rule;
  // An RPC without the option has an empty rule; no route of FlyteAdmin is of a custom kind.
  if (pattern.case === undefined || pattern.case === "custom") return [];
  const template = parseTemplate(pattern.value);
  const fields = template.flatMap((part) => (part.kind === "field" ? [part.path] : []));
  return [
    {
      verb: pattern.case.toUpperCase(),
      template,
      method,
      hasBody: rule.body === "*",
      filter: new PathFieldFilter(method.input, fields),
    },
  ];
}
