import { lineBreak, type Message, text } from "@optique/core/message";

/** The foot of a command's help: lines that can be copied. */
export function examples(...lines: readonly string[]): Message {
  return [
    text("Examples:"),
    ...lines.flatMap((line) => [lineBreak(), text(`  flyte-admin ${line}`)]),
  ];
}
