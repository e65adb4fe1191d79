import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** The field of MethodOptions that `google.api.http` is. */
const httpOption = 72_295_728;

/** Where messages and enums stand in what surrounds them: a file, or a message. */
const fileFields = { message: 4, enum: 5 };
const messageFields = { message: 3, enum: 4 };

/**
 * The encoded descriptor of a file, from the text that the build writes in its place.
 *
 * The text has entries split by `;`. The first has the file's name, its package and its syntax.
 *
 * - `{Name` begins a message, `<Name` an enum and `(Name` a service; `}` ends each of them.
 * - In a message, `name type` is a field. It has the number after that of the field before it,
 *   unless it is given, as in `name=7 type`; `*` before the name stands for repeated. The type
 *   is the letter of its number, with a type's name behind `k` and `n`. Then come the number of
 *   its oneof, and `!` when it is deprecated. `|name` is a oneof, `!` alone stands for a
 *   deprecated message, and `%` for an entry of a map.
 * - In an enum, `NAME` or `NAME=7` is a value.
 * - In a service, a method has its name, its two types, `!` when it is deprecated, and its
 *   routes: the number of the verb's field with the path, and `+` for a body.
 * - `^1 4` is a range of reserved numbers.
 *
 * Names of types without a dot in front are of the file's own package.
 */
export function descriptorBytes(text: string): Uint8Array {
  const [head = "", ...entries] = text.split(";");
  const [name = "", ownPackage = "", syntax = ""] = head.split(" ");
  const writer = new BinaryWriter();
  const begin = (field: number): BinaryWriter => writer.tag(field, WireType.LengthDelimited).fork();
  const put = (field: number, value: string): BinaryWriter =>
    writer.tag(field, WireType.LengthDelimited).string(value);
  const int = (field: number, value: number): BinaryWriter =>
    writer.tag(field, WireType.Varint).int32(value);
  const putType = (field: number, type: string): BinaryWriter =>
    put(field, type.startsWith(".") ? type : `.${ownPackage}.${type}`);
  const option = (field: number, number: number): void => {
    begin(field);
    int(number, 1);
    writer.join();
  };

  let number = 0;
  const putNumbered = (numberField: number, token: string): void => {
    const [label = "", given = number] = token.split("=");
    number = Number(given);
    put(1, label);
    int(numberField, number);
    number += 1;
  };

  const field = ([label = "", type = "", ...marks]: readonly string[]): void => {
    begin(2);
    putNumbered(3, label.replace("*", ""));
    int(4, label.startsWith("*") ? 3 : 1);
    int(5, type.charCodeAt(0) - 96);
    if (type.length > 1) putType(6, type.slice(1));
    if (marks.includes("!")) option(8, 3);
    for (const oneof of marks) if (oneof !== "!") int(9, Number(oneof));
    writer.join();
  };

  const value = ([label = ""]: readonly string[]): void => {
    begin(2);
    putNumbered(2, label);
    writer.join();
  };

  const method = ([label = "", input = "", output = "", ...marks]: readonly string[]): void => {
    begin(2);
    put(1, label);
    putType(2, input);
    putType(3, output);
    const routes = marks.filter((mark) => mark !== "!");
    if (marks.length > 0) begin(4);
    if (marks.length > routes.length) int(33, 1);
    if (routes.length > 0) putRoutes(httpOption, routes);
    if (marks.length > 0) writer.join();
    writer.join();
  };

  // The further routes stand inside of the first one, and the path comes last, as Go writes it.
  const putRoutes = (field: number, [first = "", ...others]: readonly string[]): void => {
    begin(field);
    if (first.endsWith("+")) put(7, "*");
    for (const other of others) putRoutes(11, [other]);
    put(Number(first[0]), first.replace(/^.|\+$/g, ""));
    writer.join();
  };

  put(1, name);
  put(2, ownPackage);
  const open: ((tokens: readonly string[]) => void)[] = [];
  for (const entry of entries) {
    const rest = entry.slice(1);
    const fields = open.length === 0 ? fileFields : messageFields;
    switch (entry[0]) {
      case "{":
        begin(fields.message);
        put(1, rest);
        open.push(field);
        number = 1;
        break;
      case "<":
        begin(fields.enum);
        put(1, rest);
        open.push(value);
        number = 0;
        break;
      case "(":
        begin(6);
        put(1, rest);
        open.push(method);
        break;
      case "}":
        writer.join();
        open.pop();
        break;
      case "|":
        begin(8);
        put(1, rest);
        writer.join();
        break;
      case "!":
        option(7, 3);
        break;
      case "%":
        option(7, 7);
        break;
      case "^": {
        const [start, end] = rest.split(" ");
        begin(open.at(-1) === value ? 4 : 9);
        int(1, Number(start));
        int(2, Number(end));
        writer.join();
        break;
      }
      default:
        open.at(-1)?.(entry.split(" "));
    }
  }
  put(12, syntax);
  return writer.finish();
}
