import { placeholderOwner, repositoryFields } from "./lib/repository-fields.mjs";
import { setExitCode } from "./lib/steps.mjs";

/** Runs before `npm publish`: a package without a real repository cannot prove where it comes from. */
const { owner, problems } = repositoryFields();
if (owner === placeholderOwner) {
  problems.push(
    `package.json still names ${placeholderOwner}. Set repository, homepage and bugs to the real owner.`,
  );
}
for (const problem of problems) console.error(problem);
setExitCode({ passed: 0, failed: problems.length, skipped: 0 });
