import { describe, expect, it } from "@jest/globals";

import { linksIn } from "../../tools/lib/markdown-links.mjs";
import { problemsOf } from "../../tools/lib/packed-files.mjs";
import { repositoryFields } from "../../tools/lib/repository-fields.mjs";

const paths = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "dist/cjs/package.json",
  "dist/esm/chunks/client.js",
  "dist/esm/chunks/client.js.map",
  "dist/esm/gen/flyteidl/admin/common_pb.d.ts",
  "dist/esm/src/index.js",
  "docs/bench/items-by-delay.svg",
  "docs/dashboard.png",
  "llms.txt",
  "docs/guides/data.md",
  "package.json",
];
const packed = (more: readonly string[] = [], size = 1_000) => ({
  size,
  unpackedSize: size * 4,
  files: [...paths, ...more].map((path) => ({ path, size: 1 })),
});

describe("what npm would publish", () => {
  it("is accepted when it is what was decided on", () => {
    expect(problemsOf(packed())).toEqual([]);
  });

  it("is refused with a file that nobody decided on", () => {
    const problems = problemsOf(packed(["dist/esm/src/index.ts", "docs/guides/.env"]));
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "dist/esm/src/index.ts",
      "docs/guides/.env",
    ]);
  });

  it("is refused without a file that belongs to it, and when it is too large", () => {
    const { files, ...sizes } = packed([], 5_000_000);
    const problems = problemsOf({
      ...sizes,
      files: files.filter(({ path }) => path !== "LICENSE"),
    });
    expect(problems).toEqual([
      'LICENSE is not packed. Add it to "files" of package.json.',
      "The tarball has 5000000 bytes. The limit is 3500000.",
      "The package, unpacked, has 20000000 bytes. The limit is 14000000.",
    ]);
  });
});

describe("a package of many files", () => {
  it("is refused, since Node would read them one by one", () => {
    const chunks = Array.from({ length: 400 }, (_, at) => `dist/esm/chunks/part${at}.js`);
    expect(problemsOf(packed(chunks))).toEqual([
      `The package has ${paths.length + 400} files. The limit is 370: Node reads them one by one.`,
    ]);
  });
});

describe("the fields of package.json that name the repository", () => {
  const fields = {
    repository: { url: "git+https://git.example.com/team/client.git" },
    homepage: "https://git.example.com/team/client#readme",
    bugs: { url: "https://git.example.com/team/client/issues" },
  };

  it("agree on one owner", () => {
    expect(repositoryFields(fields)).toEqual({ owner: "team", problems: [] });
  });

  it("are refused when one of them names another repository", () => {
    const { problems } = repositoryFields({ ...fields, bugs: { url: "https://other/issues" } });
    expect(problems).toEqual([
      "bugs.url must be https://git.example.com/team/client/issues, as repository has it, got https://other/issues",
    ]);
  });
});

describe("the links of a page", () => {
  it("are those of its prose and pictures, not those in code", () => {
    const page =
      "[a](a.md) ![b](b.png#c)\n\n```ts\nx[0](code)\n```\n\n`[no](no.md)` [![d](d.png)](d.md)";
    expect(linksIn(page)).toEqual(["a.md", "b.png#c", "d.png", "d.md"]);
  });
});
