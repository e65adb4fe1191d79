// A program that loads both copies of the package, as a dependency in CJS and one in ESM would.
import { createRequire } from "node:module";
import * as esm from "flyte-admin-client";

const cjs = createRequire(import.meta.url)("flyte-admin-client");
if (cjs.NotFoundError === esm.NotFoundError) throw new Error("both are the same copy");

const thrown = [
  new esm.NotFoundError("the execution does not exist"),
  new cjs.NotFoundError("the execution does not exist"),
];
for (const error of thrown) {
  for (const copy of [esm, cjs]) {
    const seen = [
      error instanceof copy.NotFoundError,
      error instanceof copy.FlyteError,
      error instanceof copy.InvalidArgumentError,
      copy.isFlyteError(error, "NOT_FOUND"),
    ];
    console.log(seen.join(" "));
  }
}
