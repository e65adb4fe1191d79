import type { AdminClient } from "flyte-admin-client";
import type { NodeExecution } from "flyte-admin-client/gen/flyteidl/admin/node_execution_pb";
import { button, element } from "./dom.js";
import { detailOf } from "./errors.js";
import { note } from "./result-view.js";

const maxBytes = 16 * 1024 * 1024;

/** A button that shows the deck of a node: the HTML page that its task wrote. */
export function deckView(
  admin: AdminClient,
  node: NodeExecution,
  signal: AbortSignal,
): HTMLElement {
  const box = element("div", { class: "deck" });
  const show = async (): Promise<void> => {
    box.replaceChildren(note("Reading the deck …"));
    const deck = await admin.nodeExecutions.deck(node, { signal });
    if (deck.kind !== "deck") {
      box.replaceChildren(
        note(
          deck.kind === "missing"
            ? "The deck is gone from the storage."
            : "The node has not written its deck yet.",
        ),
      );
      return;
    }
    const frame = element("iframe", {
      title: `Deck of ${node.id?.nodeId ?? "the node"}`,
      // A deck is code of a task: it may run scripts of its own, and reach nothing of this page.
      sandbox: "allow-scripts",
      referrerpolicy: "no-referrer",
    });
    frame.srcdoc = await deck.html({ maxBytes, signal });
    box.replaceChildren(frame);
  };
  box.append(
    button(
      {},
      () => {
        show().catch((error: unknown) => {
          if (!signal.aborted)
            box.replaceChildren(note(`The deck could not be read: ${detailOf(error)}`));
        });
      },
      "Show the deck",
    ),
  );
  return box;
}
