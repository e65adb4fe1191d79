import { isFlyteError } from "flyte-admin-client";
import { button, element } from "./dom.js";

/** Where a failure happened. */
export interface ErrorPlace {
  /** The address of FlyteAdmin. */
  readonly baseUrl: string;
  /** The origin of the page. */
  readonly origin: string;
  /** The action that failed, such as "load the executions". */
  readonly task: string;
}

/** A failure in words: what it is, and what to do, most likely first. */
export interface Advice {
  readonly title: string;
  readonly steps: readonly string[];
}

/** Returns the remedy for a failure. */
export function adviceFor(error: unknown, { baseUrl, origin, task }: ErrorPlace): Advice {
  if (!isFlyteError(error)) {
    return {
      title: `Could not ${task}`,
      steps: ["Reload the page. If it happens again, look into the browser's console."],
    };
  }
  switch (error.code) {
    case "UNAVAILABLE":
      return {
        title: `Cannot reach ${baseUrl || "FlyteAdmin"}`,
        steps: [
          `Check that FlyteAdmin runs and that its REST port is at this address: open ${baseUrl}/healthcheck.`,
          `FlyteAdmin must let pages of ${origin} in: add it to server.security.allowedOrigins, with allowCors on.`,
          ...(origin.startsWith("https:") && baseUrl.startsWith("http:")
            ? ["A page over https may not call a server over http: give the https address."]
            : []),
        ],
      };
    case "DEADLINE_EXCEEDED":
      return {
        title: "FlyteAdmin took too long to answer",
        steps: [
          "Try again: its database may be busy.",
          "Narrow the list by time or workflow, so that the query costs less.",
        ],
      };
    case "UNAUTHENTICATED":
      return {
        title: "FlyteAdmin wants you to sign in",
        steps: [
          "End the dashboard, and start it again with a token: FLYTE_TOKEN=… npm run dashboard -- --base-url URL.",
          "If it worked before, the token has expired: get a new one.",
        ],
      };
    case "PERMISSION_DENIED":
      return {
        title: "You have no access to this",
        steps: [
          "Ask the people who run this Flyte for access to the project, or choose another one.",
        ],
      };
    case "NOT_FOUND":
      return {
        title: `Not found: could not ${task}`,
        steps: [
          "Check project, domain and name in the address of this page.",
          "It may have been deleted with its project, or live on another server.",
        ],
      };
    case "INVALID_ARGUMENT":
      return { title: "FlyteAdmin refused the request", steps: ["Change or clear the filters."] };
    case "RESOURCE_EXHAUSTED":
      return {
        title: "FlyteAdmin limits how much is asked",
        steps: ["Wait a moment, then try again.", "Narrow the filters."],
      };
    case "UNIMPLEMENTED":
      return {
        title: "This server does not know the request",
        steps: [`Check that ${baseUrl} is FlyteAdmin itself, not the console or another service.`],
      };
    default:
      return {
        title: `Could not ${task}`,
        steps: [
          "Try again. If it happens again, look into FlyteAdmin's log for the request below.",
        ],
      };
  }
}

/** A failure as part of the page, with the words of the server and a way to continue. */
export function errorPanel(error: unknown, place: ErrorPlace, retry: () => void): HTMLElement {
  const { title, steps } = adviceFor(error, place);
  const panel = element(
    "div",
    { class: "failure", role: "alert" },
    element("p", { class: "failure-title" }, title),
    element("ul", {}, ...steps.map((step) => element("li", {}, step))),
    element("pre", {}, detailOf(error)),
  );
  panel.append(button({ class: "primary" }, retry, "Try again"));
  return panel;
}

/** The words of the failure itself, with what a server's log knows it by. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!isFlyteError(error)) return error.message;
  const id = error.requestId === undefined ? "" : `\nrequest id ${error.requestId}`;
  return `${error.message}${id}`;
}
