import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { isInstalled } from "../../tools/lib/set-up.mjs";

describe("whether the dependencies are installed", () => {
  let folder: string;

  const write = (path: string, content: unknown) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  };
  const dependencies = { a: "^1.0.0" };
  const a = { version: "1.2.0", integrity: "sha512-a" };
  const forAnotherPlatform = { version: "1.0.0", integrity: "sha512-b", optional: true };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "set-up-"));
    write("package.json", { dependencies });
    write("package-lock.json", {
      packages: { "": { dependencies }, "node_modules/a": a, "node_modules/b": forAnotherPlatform },
    });
    write("node_modules/.package-lock.json", { packages: { "node_modules/a": a } });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is true when every package of the lock is there, less optional ones", () => {
    expect(isInstalled(folder)).toBe(true);
  });

  it("is false in a fresh clone", () => {
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(isInstalled(folder)).toBe(false);
  });

  it("is false when a package is missing", () => {
    write("node_modules/.package-lock.json", { packages: {} });
    expect(isInstalled(folder)).toBe(false);
  });

  it("is false when a package is there in another version or with other content", () => {
    for (const other of [{ version: "1.1.0" }, { integrity: "sha512-c" }]) {
      write("node_modules/.package-lock.json", {
        packages: { "node_modules/a": { ...a, ...other } },
      });
      expect(isInstalled(folder)).toBe(false);
    }
  });

  it("is false when package.json asks for what the lock does not know", () => {
    write("package.json", { dependencies, devDependencies: { c: "^3.0.0" } });
    expect(isInstalled(folder)).toBe(false);
  });
});
