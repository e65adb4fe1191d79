import type { LogLink } from "flyte-admin-client";
import { element } from "./dom.js";

/** Log links. What is not an address of the web is shown, but never linked: it comes from a task. */
export function logLinks(logs: readonly LogLink[]): HTMLElement {
  return element(
    "ul",
    { class: "links" },
    ...logs.map(({ name, uri }) => element("li", {}, linkTo(uri, name || "Log"))),
  );
}

function linkTo(uri: string, name: string): Node {
  if (isWebAddress(uri)) {
    return element("a", { href: uri, rel: "noreferrer noopener", target: "_blank" }, name);
  }
  const text = element("span", {}, `${name}: `);
  text.append(element("code", {}, uri));
  return text;
}

/** Whether it can be linked to: `javascript:` and the like cannot. */
export function isWebAddress(uri: string): boolean {
  return URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol);
}
