import type { DescMethod } from "@bufbuild/protobuf";

import { fieldPathIn, type FieldPath } from "./field-path.js";
import { type HttpRule, httpRulesOf } from "./http-rules.js";
import { nameByQueryOf } from "./rest-limits.js";

/** How an RPC is called over the gateway. */
export interface Route {
  readonly method: DescMethod;
  /** The ways to call it, preferred first. Lists of versions have one with a name in the path and one without. */
  readonly bindings: readonly [Binding, ...Binding[]];
  /** Whether a long query may go as the body of a POST: not where a POST to the same path is another RPC. */
  readonly allowsForm: boolean;
}

/** One verb and path. */
export interface Binding {
  readonly verb: string;
  /** The parts between the slashes: fixed texts, and fields of the request. */
  readonly segments: readonly (string | PathField)[];
  /** Whether the whole request goes as the body. Else what the path does not carry goes into the query. */
  readonly hasBody: boolean;
}

/** A part of a path that a field of the request fills. */
export interface PathField extends FieldPath {
  /** Whether a query parameter can carry the value when the path cannot. */
  readonly hasOverride: boolean;
}

/** Reads the `google.api.http` option of a method. `undefined` when it has none, as `GetOrCreateSignal`. */
export function routeOf(method: DescMethod): Route | undefined {
  const bindings = httpRulesOf(method).flatMap((each) => bindingOf(method, each) ?? []);
  const [first, ...others] = bindings;
  if (first === undefined) return undefined;
  return {
    method,
    bindings: [first, ...others],
    allowsForm: first.verb === "GET" && !meetsPost(method, first),
  };
}

function bindingOf(method: DescMethod, { verb, path, body }: HttpRule): Binding | undefined {
  if (body !== "" && body !== "*") return undefined;
  const override = nameByQueryOf(method);
  const segments = path.split("/").map((segment): string | PathField | undefined => {
    const name = /^\{([\w.]+)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment;
    const field = fieldPathIn(method.input, name);
    return field && { ...field, hasOverride: name === override };
  });
  const found = segments.filter((segment) => segment !== undefined);
  return found.length === segments.length
    ? { verb, segments: found, hasBody: body === "*" }
    : undefined;
}

function meetsPost(method: DescMethod, binding: Binding): boolean {
  return method.parent.methods.some((other) => {
    if (other === method) return false;
    const posts = httpRulesOf(other).filter(({ verb }) => verb === "POST");
    return posts.some((post) => {
      const segments = bindingOf(other, post)?.segments ?? [];
      return (
        segments.length === binding.segments.length &&
        segments.every((segment, at) => {
          const mine = binding.segments[at];
          return typeof segment !== "string" || typeof mine !== "string" || segment === mine;
        })
      );
    });
  });
}
