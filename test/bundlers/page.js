/* global AbortController, fetch, TextDecoder */
// A page that lists, fails, cancels and downloads, for every bundler. The same bundle runs in a browser and in Node.
import {
  AdminClient,
  AlreadyExistsError,
  CanceledError,
  ConnectionError,
  DeadlineExceededError,
  ExecutionConflictError,
  FailedPreconditionError,
  fetchSignedUrl,
  FlyteError,
  InvalidArgumentError,
  InvalidFilterError,
  InvalidIdentifierError,
  InvalidOptionError,
  isFlyteError,
  NotFoundError,
  outcomeOf,
  PermissionDeniedError,
  ResourceExhaustedError,
  SignedUrlError,
  UnauthenticatedError,
  UnexpectedResponseError,
  UnsupportedByTransportError,
} from "flyte-admin-client";

const executionId = { project: "flytesnacks", domain: "development", name: "f3a" };
const nodeExecutionId = { executionId, nodeId: "n0" };

/**
 * Asks a REST gateway of another origin.
 * @param {string} baseUrl
 */
async function checkPage(baseUrl) {
  // Without a wait for an outage, so that attempts can be counted.
  const retry = { delay: () => Promise.resolve(), maxOutageMs: 0 };
  const admin = new AdminClient({ baseUrl, retry });

  /** @type {Record<string, number>} */
  const list = {};
  for await (const attempt of admin.taskExecutions.list({ nodeExecutionId }, { pageSize: 10 })) {
    const { kind } = outcomeOf(attempt);
    list[kind] = (list[kind] ?? 0) + 1;
  }

  const controller = new AbortController();
  const impatient = new AdminClient({
    baseUrl,
    fetch: (input, init) => {
      const answer = fetch(input, init);
      controller.abort();
      return answer;
    },
  });
  const { signedUrl } = await admin.rpc.dataProxy.createDownloadLocation({
    nativeUrl: "s3://my-s3-bucket/notes.txt",
  });
  return {
    list,
    notFound: await failureOf(admin.executions.get({ ...executionId, name: "nobody" })),
    unavailable: await failureOf(admin.rpc.admin.getVersion({})),
    aborted: await failureOf(impatient.projects.listDomains({ signal: controller.signal })),
    refused: await failureOf(admin.executions.get({ ...executionId, name: "" })),
    signedUrl: new TextDecoder().decode(await fetchSignedUrl(signedUrl).bytes()),
    broken: brokenClasses(),
  };
}

/**
 * How a call failed, and whether its error is a NotFoundError, a FlyteError and one that says UNAVAILABLE.
 * @param {Promise<unknown>} call
 */
async function failureOf(call) {
  try {
    await call;
    return "it succeeded";
  } catch (error) {
    if (!(error instanceof FlyteError)) return String(error);
    const { name, code, attempts } = error;
    const is = [
      error instanceof NotFoundError,
      isFlyteError(error),
      isFlyteError(error, "UNAVAILABLE"),
    ];
    return { name, code, attempts, is };
  }
}

class UsersError extends NotFoundError {}

/** The names of the error classes that do not know their own kind. */
function brokenClasses() {
  const id = {
    ...executionId,
    $typeName: /** @type {const} */ ("flyteidl.core.WorkflowExecutionIdentifier"),
    org: "",
  };
  const alternatives = { transport: "REST", reason: "no route", alternative: "gRPC" };
  /** @type {readonly (readonly [string, FlyteError, new (...args: never[]) => FlyteError])[]} */
  const errors = [
    ["FlyteError", new FlyteError("m"), FlyteError],
    ["NotFoundError", new NotFoundError("m"), NotFoundError],
    ["AlreadyExistsError", new AlreadyExistsError("m"), AlreadyExistsError],
    ["InvalidArgumentError", new InvalidArgumentError("m"), InvalidArgumentError],
    ["UnauthenticatedError", new UnauthenticatedError("m"), UnauthenticatedError],
    ["PermissionDeniedError", new PermissionDeniedError("m"), PermissionDeniedError],
    ["FailedPreconditionError", new FailedPreconditionError("m"), FailedPreconditionError],
    ["DeadlineExceededError", new DeadlineExceededError("m"), DeadlineExceededError],
    ["CanceledError", new CanceledError("m"), CanceledError],
    ["ConnectionError", new ConnectionError("m"), ConnectionError],
    ["ResourceExhaustedError", new ResourceExhaustedError("m"), ResourceExhaustedError],
    ["InvalidFilterError", new InvalidFilterError("m", { field: "f" }), InvalidFilterError],
    ["InvalidFilterError", new InvalidFilterError("m", { field: "f" }), InvalidArgumentError],
    [
      "InvalidIdentifierError",
      new InvalidIdentifierError("m", { path: "p" }),
      InvalidIdentifierError,
    ],
    ["InvalidOptionError", new InvalidOptionError("m", { option: "o" }), InvalidOptionError],
    ["SignedUrlError", new SignedUrlError("m", { reason: "expired" }), SignedUrlError],
    [
      "ExecutionConflictError",
      new ExecutionConflictError("m", { executionId: id }),
      AlreadyExistsError,
    ],
    [
      "UnexpectedResponseError",
      new UnexpectedResponseError("m", { status: 200, contentType: "text/html" }),
      UnexpectedResponseError,
    ],
    [
      "UnsupportedByTransportError",
      new UnsupportedByTransportError("m", alternatives),
      UnsupportedByTransportError,
    ],
    ["NotFoundError", new UsersError("m"), NotFoundError],
    ["NotFoundError", new UsersError("m"), UsersError],
  ];
  return errors.flatMap(([name, error, ofClass]) => {
    const isOfNoOther = !(
      error instanceof (ofClass === CanceledError ? ConnectionError : CanceledError)
    );
    const works =
      error.name === name && error instanceof ofClass && error instanceof FlyteError && isOfNoOther;
    return works ? [] : [`${name} (${error.name})`];
  });
}

Object.assign(globalThis, { checkPage });
