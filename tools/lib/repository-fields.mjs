import { inProject, readJson } from "./project.mjs";

/** The owner in package.json until the repository has an owner. */
export const placeholderOwner = "OWNER";

/**
 * The page of the repository on the code host, which package.json alone names.
 * @returns {string}
 */
export function repositoryPage(manifest = readJson(inProject("package.json"))) {
  const url = String(manifest.repository?.url);
  const page = /^git\+(https:\/\/[^/]+\/[^/]+\/[^/]+)\.git$/.exec(url)?.[1];
  if (page === undefined) {
    throw new Error(`repository.url must be git+https://…/OWNER/NAME.git, got ${url}`);
  }
  return page;
}

/**
 * The owner of the repository, and what package.json's other fields contradict.
 * @returns {{ owner: string; problems: string[] }}
 */
export function repositoryFields(manifest = readJson(inProject("package.json"))) {
  const page = repositoryPage(manifest);
  const owner = page.split("/").at(-2) ?? "";
  const expected = { homepage: `${page}#readme`, "bugs.url": `${page}/issues` };
  const actual = { homepage: manifest.homepage, "bugs.url": manifest.bugs?.url };
  const problems = Object.entries(expected).flatMap(([field, value]) => {
    const found = actual[/** @type {keyof typeof actual} */ (field)];
    return found === value ? [] : [`${field} must be ${value}, as repository has it, got ${found}`];
  });
  return { owner, problems };
}

/** Fails when package.json names several repositories. */
export async function checkRepositoryFields() {
  const { problems } = repositoryFields();
  if (problems.length > 0) throw new Error(problems.join("\n"));
}
