import { InvalidIdentifierError } from "../../errors/index.js";
import { requireObject } from "../../internal/validation/index.js";
import type { FlyteUrl } from "./flyte-url.js";

/** Throws where a URL of these parts could not be read back into the same parts. */
export function checkFlyteUrl(url: FlyteUrl): void {
  const { nodeExecutionId } = requireObject(
    url,
    "flyteUrl",
    "a flyte:// URL, as a text or in parts",
  );
  requireObject(nodeExecutionId, "nodeExecutionId", "an object with executionId and nodeId");
  requireObject(
    nodeExecutionId.executionId,
    "nodeExecutionId.executionId",
    "an object with project, domain and name",
  );
  for (const [path, part] of textParts(url)) {
    if (typeof part !== "string") throw refuse(path, `must be a text, got ${typeof part}`);
    if (part === "") throw refuse(path, "must not be empty");
    if (/[/?#\s]/.test(part))
      throw refuse(path, `must hold no /, ?, # and white space, got ${show(part)}`);
  }
  const attempt = url.retryAttempt;
  if (
    attempt !== undefined &&
    (!Number.isInteger(attempt) || attempt < 0 || attempt > 0xffffffff)
  ) {
    throw refuse("retryAttempt", `must be a whole number from 0, got ${String(attempt)}`);
  }
  if (url.artifact !== "deck") return;
  if (attempt !== undefined)
    throw refuse("retryAttempt", "must be left out: decks belong to nodes");
  if (url.literalName !== undefined)
    throw refuse("literalName", "must be left out: a deck has no literals");
}

/**
 * Throws where FlyteAdmin's GetData cannot resolve the URL. It gives out such
 * URLs all the same, for nodes and literals whose name holds a dot, say.
 */
export function checkResolvable(url: FlyteUrl): void {
  checkFlyteUrl(url);
  for (const [path, part] of textParts(url)) {
    if (/^[A-Za-z0-9_-]+$/.test(part)) continue;
    throw refuse(
      path,
      `must be made of letters, digits, _ and - for GetData to resolve it, got ${show(part)}; ` +
        "read the data of the node or of the attempt by its id instead",
    );
  }
}

function textParts(url: FlyteUrl): readonly (readonly [string, string])[] {
  const { executionId, nodeId } = url.nodeExecutionId;
  const parts: (readonly [string, string])[] = [
    ["nodeExecutionId.executionId.project", executionId.project],
    ["nodeExecutionId.executionId.domain", executionId.domain],
    ["nodeExecutionId.executionId.name", executionId.name],
    ["nodeExecutionId.nodeId", nodeId],
  ];
  if (url.literalName !== undefined) parts.push(["literalName", url.literalName]);
  return parts;
}

function refuse(path: string, problem: string): Error {
  return new InvalidIdentifierError(`flyte:// URL: ${path} ${problem}.`, { path });
}

function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
