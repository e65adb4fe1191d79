import { ensureBuilt } from "./lib/build.mjs";
import { packedFiles, problemsOf } from "./lib/packed-files.mjs";
import { placeholderOwner, repositoryFields } from "./lib/repository-fields.mjs";
import { setExitCode } from "./lib/steps.mjs";

/**
 * Runs before `npm publish`: a package without a real repository cannot prove where it comes from, and what is packed
 * is bounded.
 */
const { owner, problems } = repositoryFields();
if (owner === placeholderOwner) {
  problems.push(
    `package.json still names ${placeholderOwner}. Set repository, homepage and bugs to the real owner.`,
  );
}
await ensureBuilt();
problems.push(...problemsOf(await packedFiles()));
for (const problem of problems) console.error(problem);
setExitCode({ passed: 0, failed: problems.length, skipped: 0 });
