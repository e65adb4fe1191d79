import { placeholderOwner, repositoryFields } from "./lib/repository-fields.mjs";

/** Runs before `npm publish`: a package without a real repository cannot prove where it comes from. */
const { owner, problems } = repositoryFields();
if (owner === placeholderOwner) {
  problems.push(
    `package.json still names ${placeholderOwner}. Set repository, homepage and bugs to the real owner.`,
  );
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
