import { parseArgs } from "node:util";

import { AdminClient, type ConnectionOptions } from "flyte-admin-client";

import { programs } from "./programs.js";
import { sampleServer } from "./sample-server.js";

const { values, positionals, tokens } = parseArgs({
  allowPositionals: true,
  strict: false,
  tokens: true,
  options: {
    "base-url": { type: "string" },
    project: { type: "string", default: "flytesnacks" },
    domain: { type: "string", default: "development" },
  },
});
const [name = ""] = positionals;
const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
if (program === undefined) {
  const names = Object.keys(programs).join(", ");
  console.log(
    `Usage: npm run cookbook -- [--base-url URL] [--project P] [--domain D] PROGRAM [ARGUMENT…]`,
  );
  console.log(`Programs: ${names}. Without --base-url they run on an in-memory FlyteAdmin.`);
  process.exitCode = name === "" ? 0 : 1;
} else {
  const start = tokens.find((token) => token.kind === "positional")?.index ?? 0;
  const settings: ConnectionOptions = {
    defaults: { project: String(values.project), domain: String(values.domain) },
    application: "flyte-cookbook",
  };
  const baseUrl = values["base-url"] ?? process.env["FLYTE_BASE_URL"];
  const server = typeof baseUrl === "string" ? undefined : await (await sampleServer()).listen();
  const admin = new AdminClient({ ...settings, baseUrl: server?.httpUrl ?? String(baseUrl) });
  try {
    await program.run(admin, process.argv.slice(2).slice(start + 1));
  } finally {
    admin.close();
    await server?.close();
  }
}
