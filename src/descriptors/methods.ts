import type { DescFile, DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";
import { safeObjectProperty } from "@bufbuild/protobuf/reflect";
import type {
  MethodDescriptorProto,
  MethodOptions,
  ServiceDescriptorProto,
} from "@bufbuild/protobuf/wkt";

import { httpOption, httpRule } from "./http-rule.js";
import type { Later } from "./messages.js";
import { unknownIdempotency } from "./numbers.js";
import { protoOf } from "./proto.js";
import { findMessage, type Types } from "./types.js";

/** Adds a service, out of the entries up to its end, to its file. */
export function addService(
  file: DescFile,
  name: string,
  entries: Iterable<string>,
  later: Later,
): void {
  const proto: ServiceDescriptorProto = protoOf("ServiceDescriptorProto", {}, { name, method: [] });
  const service: DescService = {
    kind: "service",
    proto,
    deprecated: false,
    file,
    name,
    typeName: `${file.proto.package}.${name}`,
    methods: [],
    method: {},
    toString: () => `service ${service.typeName}`,
  };
  for (const entry of entries) {
    if (entry === "}") break;
    later.push((types) => {
      addMethod(service, entry, types);
    });
  }
  file.services.push(service);
  file.proto.service.push(proto);
}

function addMethod(parent: DescService, entry: string, types: Types): void {
  const [name = "", inputName = "", outputName = "", ...marks] = entry.split(" ");
  const input = findMessage(types, inputName);
  const output = findMessage(types, outputName);
  const routes = marks.filter((mark) => mark !== "!");
  const deprecated = routes.length < marks.length;
  const proto = methodProto(
    name,
    input,
    output,
    marks.length === 0 ? undefined : methodOptions(deprecated, routes),
  );
  const method: DescMethod = {
    kind: "rpc",
    proto,
    deprecated,
    parent,
    name,
    localName: safeObjectProperty(name.charAt(0).toLowerCase() + name.slice(1)),
    methodKind: "unary",
    input,
    output,
    idempotency: unknownIdempotency,
    toString: () => `rpc ${parent.typeName}.${name}`,
  };
  parent.methods.push(method);
  parent.method[method.localName] = method;
  parent.proto.method.push(proto);
}

function methodProto(
  name: string,
  input: DescMessage,
  output: DescMessage,
  options: MethodOptions | undefined,
): MethodDescriptorProto {
  return protoOf(
    "MethodDescriptorProto",
    { clientStreaming: false, serverStreaming: false },
    {
      name,
      inputType: `.${input.typeName}`,
      outputType: `.${output.typeName}`,
      ...(options && { options }),
    },
  );
}

function methodOptions(deprecated: boolean, routes: readonly string[]): MethodOptions {
  return protoOf(
    "MethodOptions",
    { deprecated: false, idempotencyLevel: unknownIdempotency },
    {
      uninterpretedOption: [],
      ...(deprecated && { deprecated }),
      ...(routes.length > 0 && {
        $unknown: [{ no: httpOption, wireType: 2, data: httpRule(routes) }],
      }),
    },
  );
}
