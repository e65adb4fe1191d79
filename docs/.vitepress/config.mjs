import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { repositoryPage } from "../../tools/lib/repository-fields.mjs";
import { page, sidebar } from "./sidebar.mjs";

const docs = join(dirname(fileURLToPath(import.meta.url)), "..");
const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(path, "utf8"));
const { description, version } = readJson(join(docs, "..", "package.json"));
const repository = repositoryPage();

const reference = join(docs, "api", "typedoc-sidebar.json");

export default defineConfig({
  title: "flyte-admin-client",
  description,
  base: process.env["DOCS_BASE"] ?? "/",
  srcExclude: ["bench/**"],
  outDir: join(docs, "..", ".tmp", "site"),
  cacheDir: join(docs, "..", ".tmp", "site-cache"),
  lastUpdated: false,
  markdown: { config: linkToRepository },
  transformPageData: (data) => {
    if (data.relativePath === "index.md") Object.assign(data.frontmatter, home());
  },
  themeConfig: {
    nav: [
      page("Guides", "/guides/watching-and-waiting"),
      page("Cookbook", "/cookbook"),
      page("Reference", "/api/"),
      page(version, `${repository}/blob/main/CHANGELOG.md`),
    ],
    sidebar: {
      "/api/": existsSync(reference) ? readJson(reference) : [],
      "/": sidebar,
    },
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: repository }],
  },
});

/** The first screen of the site. The page itself is plain Markdown, since it is also read without the site. */
function home() {
  return {
    layout: "home",
    hero: {
      name: "flyte-admin-client",
      text: "FlyteAdmin in TypeScript",
      tagline: description,
      actions: [
        { theme: "brand", text: "Cookbook", link: "/cookbook" },
        { theme: "alt", text: "Guides", link: "/guides/watching-and-waiting" },
        { theme: "alt", text: "Reference", link: "/api/" },
      ],
    },
    features: [
      {
        title: "Lists that page by themselves",
        details:
          "for await over ten thousand attempts, with read-ahead, retries and typed filters.",
        link: "/guides/watching-and-waiting",
      },
      {
        title: "Outputs and errors, never empty strings",
        details:
          "One accessor for a closure's outputs or error, and readers for every kind of storage.",
        link: "/guides/data",
      },
      {
        title: "Every runtime",
        details: "gRPC in Node, the REST gateway in browsers. No proxy is needed.",
        link: "/compatibility",
      },
      {
        title: "An in-memory FlyteAdmin",
        details: "Tests run against a double that answers as FlyteAdmin 1.16.8 does.",
        link: "/testing",
      },
    ],
  };
}

/**
 * Links of pages to files outside docs/ lead to the repository, since the site does not have these files.
 * @param {import("vitepress").MarkdownRenderer} markdown
 */
function linkToRepository(markdown) {
  markdown.core.ruler.push("link-to-repository", ({ tokens, env }) => {
    for (const link of tokens.flatMap(({ children }) => children ?? [])) {
      const href = link.type === "link_open" ? link.attrGet("href") : null;
      if (href === null || /^(?:[a-z]+:|#|\/)/.test(href)) continue;
      const [path = "", anchor] = href.split("#");
      const target = relative(docs, normalize(join(docs, dirname(env.relativePath), path)));
      if (!target.startsWith("..") && !target.startsWith("bench")) continue;
      const inRepository = normalize(join("docs", target)).split(sep).join("/");
      link.attrSet("href", `${repository}/blob/main/${inRepository}${anchor ? `#${anchor}` : ""}`);
    }
  });
}
