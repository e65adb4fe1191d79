import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError, quote } from "../errors/index.js";
import {
  describeValue,
  type OptionNames,
  requireKnownOptions,
  requireObject,
} from "../internal/validation/index.js";

/** The target of a `flyte://` URL. */
export type FlyteArtifact = "inputs" | "outputs" | "deck";

/**
 * A `flyte://v1/…` URL in parts, in the shapes of the identifiers: the inputs,
 * the outputs or the deck of a node, the inputs or outputs of one attempt of
 * its task, or one literal among them. FlyteAdmin returns such URLs with the data
 * of nodes and attempts, not with that of executions.
 */
export interface FlyteUrl {
  /** The node execution. */
  readonly nodeExecutionId: {
    readonly executionId: {
      readonly project: string;
      readonly domain: string;
      readonly name: string;
    };
    readonly nodeId: string;
  };
  /** The attempt of the node's task, from 0; left out for the node itself. */
  readonly retryAttempt?: number | undefined;
  /** The part of the data that the URL names. */
  readonly artifact: FlyteArtifact;
  /** The name of one input or output; left out for all of them. */
  readonly literalName?: string | undefined;
}

const urlNames: OptionNames<FlyteUrl> = {
  nodeExecutionId: true,
  retryAttempt: true,
  artifact: true,
  literalName: true,
};

/**
 * The text of a `flyte://` URL: `flyte://v1/project/domain/execution/node`,
 * then the attempt if any, then `i`, `o` or `d`, then the literal's name if any.
 *
 * @throws InvalidIdentifierError where a part is empty or cannot be in such a URL.
 */
export function formatFlyteUrl(url: FlyteUrl): string {
  checkFlyteUrl(url);
  return writeUrl(url);
}

function writeUrl(url: FlyteUrl): string {
  const { executionId, nodeId } = url.nodeExecutionId;
  const parts = ["v1", executionId.project, executionId.domain, executionId.name, nodeId];
  if (url.retryAttempt !== undefined) parts.push(String(url.retryAttempt));
  parts.push(url.artifact.charAt(0));
  if (url.literalName !== undefined) parts.push(url.literalName);
  return `flyte://${parts.join("/")}`;
}

const artifacts: Readonly<Partial<Record<string, FlyteArtifact>>> = {
  i: "inputs",
  o: "outputs",
  d: "deck",
};

/**
 * Reads a `flyte://v1/…` URL, also one that the server returns and cannot
 * resolve itself.
 *
 * @throws InvalidIdentifierError naming what is wrong and what would be right.
 */
export function parseFlyteUrl(text: string): FlyteUrl {
  const match = /^flyte:\/\/([^/]*)\/(.*)$/s.exec(text);
  if (match === null) throw refuse(`must start with "flyte://v1/", got ${describeValue(text)}`);
  if (match[1] !== "v1") throw refuse("must have the version v1");
  const parts = (match[2] ?? "").split("/");
  const [project = "", domain = "", name = "", nodeId = "", ...rest] = parts;
  const attempt = /^\d{1,10}$/.test(rest[0] ?? "") ? rest.shift() : undefined;
  const [letter = "", literalName, ...excess] = rest;
  const artifact = Object.hasOwn(artifacts, letter) ? artifacts[letter] : undefined;
  if (artifact === undefined || excess.length > 0) {
    throw refuse(
      "must read flyte://v1/project/domain/execution/node[/attempt]/i (or o, or d)[/literal], with nothing after it",
    );
  }
  const url: FlyteUrl = {
    nodeExecutionId: { executionId: { project, domain, name }, nodeId },
    artifact,
    ...(attempt === undefined ? {} : { retryAttempt: Number(attempt) }),
    ...(literalName === undefined ? {} : { literalName }),
  };
  checkFlyteUrl(url);
  return url;
}

/** Throws where a URL of these parts could not be read back into the same parts. */
function checkFlyteUrl(url: FlyteUrl): void {
  const { nodeExecutionId } = requireKnownOptions(
    url,
    urlNames,
    "flyteUrl",
    "a flyte:// URL, as a string or in parts",
  );
  requireObject(nodeExecutionId, "nodeExecutionId", "an object with executionId and nodeId");
  requireObject(
    nodeExecutionId.executionId,
    "nodeExecutionId.executionId",
    "an object with project, domain and name",
  );
  for (const [path, part] of textParts(url)) {
    if (typeof part !== "string")
      throw refusePart(path, `must be a string, got ${describeValue(part)}`);
    if (part === "") throw refusePart(path, "must not be empty");
    if (/[/?#\s]/.test(part))
      throw refusePart(path, `must hold no /, ?, # and white space, got ${quote(part)}`);
  }
  const attempt = url.retryAttempt;
  if (
    attempt !== undefined &&
    (!Number.isInteger(attempt) || attempt < 0 || attempt > 0xffffffff)
  ) {
    throw refusePart("retryAttempt", `must be a whole number from 0, got ${String(attempt)}`);
  }
  if (url.artifact !== "deck") return;
  if (attempt !== undefined)
    throw refusePart("retryAttempt", "must be left out: decks belong to nodes");
  if (url.literalName !== undefined)
    throw refusePart("literalName", "must be left out: a deck has no literals");
}

/** A part of a URL that GetData can resolve. */
const resolvablePart = /^[A-Za-z0-9_-]+$/;

/**
 * Throws where FlyteAdmin's GetData cannot resolve the URL. It returns such
 * URLs all the same, for nodes and literals whose name holds a dot, say.
 */
export function checkResolvable(url: FlyteUrl): void {
  checkFlyteUrl(url);
  for (const [path, part] of textParts(url)) {
    if (resolvablePart.test(part)) continue;
    throw refusePart(
      path,
      `must be made of letters, digits, _ and - for GetData to resolve it, got ${quote(part)}; ` +
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

function refuse(problem: string): Error {
  return new InvalidIdentifierError(`flyte:// URL ${problem}.`, { path: "flyteUrl" });
}

function refusePart(path: string, problem: string): Error {
  return new InvalidIdentifierError(`flyte:// URL: ${path} ${problem}.`, { path });
}

/** The `flyte://` URL of the data, or nothing where GetData could not resolve it. */
export function resolvableUrl(
  id: NodeExecutionIdentifier | undefined,
  artifact: FlyteArtifact,
  retryAttempt?: number,
): string | undefined {
  if (id?.executionId === undefined) return undefined;
  const url: FlyteUrl = {
    nodeExecutionId: { executionId: id.executionId, nodeId: id.nodeId },
    retryAttempt,
    artifact,
  };
  return textParts(url).every(([, part]) => resolvablePart.test(part)) ? writeUrl(url) : undefined;
}
