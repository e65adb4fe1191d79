import type { InputsResult, OutputsResult } from "flyte-admin-client";
import { element } from "./dom.js";
import { phaseText } from "./phases.js";
import { valuesTable } from "./values-view.js";

/** The error, the values, or why there are none. */
export function resultView(result: InputsResult | OutputsResult, what: "inputs" | "outputs"): Node {
  switch (result.kind) {
    case "literals":
      return valuesTable(result.literals);
    case "error":
      return errorBlock(result.error?.code ?? "", result.error?.message ?? "");
    case "tooLarge":
      return note(
        `The ${what} are too large to show${result.bytes === undefined ? "" : ` (${bytesText(result.bytes)})`}. They are at ${result.uri ?? "an unknown place"}.`,
      );
    case "notTerminal":
      return note(
        what === "outputs"
          ? `It is ${phaseText(result.phase).toLowerCase()}, so there are no outputs yet.`
          : "The inputs are not recorded yet.",
      );
    case "aborted":
      return note(
        `It was aborted${result.principal ? ` by ${result.principal}` : ""}${result.cause ? `: ${result.cause}` : ""}, so there are no outputs.`,
      );
    case "none":
      return note(`It has no ${what}.`);
    case "missing":
      return note(
        `The ${what} are gone: the server names ${result.uri ?? "an object"}, which is not in the storage. A task without outputs may leave it so too.`,
      );
    case "unreadable":
      return note(`The ${what} could not be read: ${result.error.message}`);
  }
}

/** An error of a task or a workflow, whole. */
export function errorBlock(code: string, message: string): HTMLElement {
  return element(
    "div",
    { class: "task-error" },
    element("p", { class: "task-error-code" }, code === "" ? "Failed" : code),
    element("pre", {}, message === "" ? "The server recorded no message." : message),
  );
}

/** A line of explanation. */
export function note(text: string): HTMLElement {
  return element("p", { class: "quiet" }, text);
}

function bytesText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
