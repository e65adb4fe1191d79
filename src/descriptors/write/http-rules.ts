import type { DescMethod } from "@bufbuild/protobuf";
import { BinaryReader } from "@bufbuild/protobuf/wire";

/** The fields of `google.api.HttpRule` that hold a path, by their verbs. */
const verbFields = { GET: 2, PUT: 3, POST: 4, DELETE: 5, PATCH: 6 } as const;

/** An HTTP verb of a route. */
export type Verb = keyof typeof verbFields;

/** A verb and path that `google.api.http` assigns to a method. */
export interface HttpRule {
  readonly verb: Verb;
  readonly path: string;
  /** `*` for the whole request, empty for none. */
  readonly body: string;
}

/** The number of the `google.api.http` option of a method. */
export const httpOption = 72_295_728;
const bodyField = 7;
const bindingsField = 11;
const verbs = new Map<number, Verb>(
  Object.entries(verbFields).map(([verb, field]) => [field, verb as Verb]),
);

/**
 * Reads the `google.api.http` option of a method with its additional bindings, first to last. Its bytes are read,
 * since the option's own descriptor is among what is generated from this.
 *
 * @throws Error for a rule of a kind that FlyteAdmin does not use
 */
export function httpRules(method: DescMethod): readonly HttpRule[] {
  const option = method.proto.options?.$unknown?.find(({ no }) => no === httpOption);
  return option === undefined ? [] : rulesIn(new BinaryReader(option.data).bytes(), method.name);
}

function rulesIn(bytes: Uint8Array, rpc: string): readonly HttpRule[] {
  const reader = new BinaryReader(bytes);
  let verb: Verb | undefined;
  let [path, body] = ["", ""];
  const others: HttpRule[] = [];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    const itsVerb = verbs.get(field);
    if (itsVerb !== undefined) [verb, path] = [itsVerb, reader.string()];
    else if (field === bodyField) body = reader.string();
    else if (field === bindingsField) others.push(...rulesIn(reader.bytes(), rpc));
    else throw new Error(`${rpc} has a google.api.http rule with field ${field}`);
  }
  if (verb === undefined) throw new Error(`${rpc} has a google.api.http rule without a path`);
  if (body !== "" && body !== "*") throw new Error(`${rpc} takes field ${body} as its body`);
  return [{ verb, path, body }, ...others];
}
