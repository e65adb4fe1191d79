import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { DescMethod } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";

import * as methodModule from "../../gen/flyteidl/service/methods.js";
import { fileFromText, unaryMethod } from "../../src/descriptors/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { loadOurDescriptors } from "../gen/our-descriptors.js";

const { services } = await loadOurDescriptors();
const maps: Readonly<Record<string, Readonly<Record<string, DescMethod>>>> = {
  "flyteidl.service.AdminService": methodModule.adminServiceMethods,
  "flyteidl.service.AuthMetadataService": methodModule.authMetadataServiceMethods,
  "flyteidl.service.DataProxyService": methodModule.dataProxyServiceMethods,
  "flyteidl.service.IdentityService": methodModule.identityServiceMethods,
  "flyteidl.service.SignalService": methodModule.signalServiceMethods,
};
const methods = new Map<string, DescMethod>(
  Object.entries(methodModule).flatMap(([name, value]) =>
    isMethod(value) ? [[name, value] as const] : [],
  ),
);
const root = fileURLToPath(new URL("../../", import.meta.url));

function isMethod(value: object): value is DescMethod {
  return "kind" in value && value.kind === "rpc";
}

/** The modules of gen/ that a bundle of one method has anything of. */
function bundledModules(name: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "flyte-admin-client-"));
  try {
    const metafile = join(folder, "meta.json");
    execFileSync(
      createRequire(import.meta.url).resolve("esbuild/bin/esbuild"),
      ["--bundle", "--format=esm", "--outfile=/dev/null", `--metafile=${metafile}`],
      {
        cwd: root,
        input: `export { ${name} } from "./gen/flyteidl/service/methods.ts";`,
        stdio: ["pipe", "ignore", "ignore"],
      },
    );
    const { outputs } = JSON.parse(readFileSync(metafile, "utf8")) as Metafile;
    return Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [path] : [],
      ),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, Input>> }>>;
}

interface Input {
  readonly bytesInOutput: number;
}

describe("a method that is generated alone", () => {
  it("is there for each RPC, under its name", () => {
    const names = services.flatMap(({ methods: all }) =>
      all.map(({ localName }) => `${localName}Method`),
    );
    expect(names).toHaveLength(66);
    expect([...methods.keys()].sort()).toEqual(names.sort());
  });

  it.each(
    services.flatMap(({ methods: all }) => all.map((method) => [String(method), method] as const)),
  )("is what its service has as %s", (_name, whole) => {
    const alone = methods.get(`${whole.localName}Method`);
    expect(alone?.input).toBe(whole.input);
    expect(alone?.output).toBe(whole.output);
    for (const key of [
      "kind",
      "name",
      "localName",
      "methodKind",
      "idempotency",
      "deprecated",
    ] as const) {
      expect(alone?.[key]).toBe(whole[key]);
    }
    expect(String(alone)).toBe(String(whole));
    const { parent } = whole;
    const ownParent = alone!.parent;
    expect(ownParent.typeName).toBe(parent.typeName);
    expect(ownParent.methods).toEqual([alone]);
    expect(ownParent.file.proto.name).toBe(parent.file.proto.name);
  });

  it.each(services.map((service) => [service.typeName, service] as const))(
    "is under its name in the map of %s",
    (typeName, service) => {
      const map = maps[typeName] ?? {};
      expect(Object.keys(map)).toEqual(service.methods.map(({ localName }) => localName));
      for (const [name, method] of Object.entries(map)) {
        expect(methods.get(`${name}Method`)).toBe(method);
      }
    },
  );

  it("answers as the whole service does", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const transport = flyte.transport();
    const method = methodModule.listProjectsMethod;
    const answer = await transport.unary(method, undefined, undefined, undefined, { limit: 10 });
    expect(answer.message.projects.map(({ id }) => id)).toEqual(["flytesnacks"]);
  });

  it("brings along no messages but its own", () => {
    const modules = bundledModules("listTaskExecutionsMethod");
    expect(modules).toContain("gen/flyteidl/admin/task_execution_pb.ts");
    expect(modules).not.toContain("gen/flyteidl/service/admin_pb.ts");
    expect(modules).not.toContain("gen/flyteidl/admin/launch_plan_pb.ts");
    expect(modules).not.toContain("gen/flyteidl/admin/workflow_pb.ts");
  });

  it("needs a text with a method in it, and the files of its messages", () => {
    expect(() => unaryMethod("a/b;{M;}", [])).toThrow("no method in a/b;{M;}");
    const file = fileFromText("a/b;{M;}");
    expect(() => unaryMethod("a/c;(S;Do M N;}", [file])).toThrow("no type N");
  });
});
