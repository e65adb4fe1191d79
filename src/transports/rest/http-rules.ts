import type { DescMethod } from "@bufbuild/protobuf";
import { BinaryReader } from "@bufbuild/protobuf/wire";

/** A verb and path that `google.api.http` gives a method. */
export interface HttpRule {
  readonly verb: string;
  readonly path: string;
  /** Which field is the body: `*` for the whole request, empty for none. */
  readonly body: string;
}

/** The field of MethodOptions that `google.api.http` is. */
const httpOption = 72_295_728;
/** The fields of `google.api.HttpRule` that hold a path. */
const verbs = new Map([
  [2, "GET"],
  [3, "PUT"],
  [4, "POST"],
  [5, "DELETE"],
  [6, "PATCH"],
]);
const bodyField = 7;
const bindingsField = 11;

/**
 * The `google.api.http` option of a method with its additional bindings, first to last; a custom verb is left
 * out. The option's own descriptor would bring along those of all options, a tenth of a page's bundle.
 */
export function httpRulesOf(method: DescMethod): readonly HttpRule[] {
  const option = method.proto.options?.$unknown?.find(({ no }) => no === httpOption);
  return option === undefined ? [] : rulesIn(new BinaryReader(option.data).bytes());
}

function rulesIn(bytes: Uint8Array): readonly HttpRule[] {
  const reader = new BinaryReader(bytes);
  let [verb, path, body] = ["", "", ""];
  const others: HttpRule[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const itsVerb = verbs.get(field);
    if (itsVerb !== undefined) [verb, path] = [itsVerb, reader.string()];
    else if (field === bodyField) body = reader.string();
    else if (field === bindingsField) others.push(...rulesIn(reader.bytes()));
    else reader.skip(wireType, field);
  }
  return verb === "" ? others : [{ verb, path, body }, ...others];
}
