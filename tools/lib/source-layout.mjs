/**
 * The folders of src/, from the top of a call's road to its bottom: a file imports from its own line and from
 * lines below it. The lint rule reads this list, and ARCHITECTURE.md draws it.
 */
export const rankedFolders = [
  { name: "cli", holds: "the command `flyte-admin`, which nothing imports" },
  { name: "testing", holds: "the in-memory FlyteAdmin" },
  { name: "node", holds: "`connect()`, config files, sign-in, files and TLS of Node" },
  { name: "codegen", holds: "TypeScript interfaces of launch plans" },
  { name: "otel", holds: "the OpenTelemetry interceptor" },
  { name: "query", holds: "options of queries for TanStack Query" },
  { name: "client", holds: "`AdminClient`" },
  { name: "resources", holds: "one class per resource" },
  { name: "identity", holds: "the caller, sign-in metadata and the server version" },
  { name: "projects", holds: "projects, domains and matchable attributes" },
  { name: "registry", holds: "tasks, workflows, launch plans, their names and descriptions" },
  {
    name: "executions",
    holds: "executions, nodes, attempts and signals; launch, wait, tree and bulk verbs",
  },
  { name: "data", holds: "inputs and outputs, decks, uploads and signed URLs" },
  { name: "lists", holds: "list RPCs, paging, scans and filters" },
  { name: "auth", holds: "sign-in flows, tokens and sessions" },
  { name: "calls", holds: "interceptors: hooks, errors, deadline, retry, auth, headers" },
  { name: "transports", holds: "the REST gateway, gRPC and gRPC-Web" },
  { name: "values", holds: "literals, outcomes, logs, Flyte URLs and identifiers" },
  { name: "internal", holds: "argument checks, cancellation, concurrency and the version" },
  { name: "errors", holds: "`FlyteError` and its subclasses" },
  {
    name: "descriptors",
    holds: "the text of descriptors in gen/: its reader, its writer and its page",
  },
];
