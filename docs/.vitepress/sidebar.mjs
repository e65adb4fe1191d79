/** @param {string} text @param {string} link */
export const page = (text, link) => ({ text, link });

/** The order of the pages in the sidebar. A page of docs/ that is missing here fails `npm run docs`. */
export const sidebar = [
  {
    text: "Start",
    items: [
      page("Overview", "/"),
      page("Cookbook", "/cookbook"),
      page("Coming from", "/coming-from"),
      page("Troubleshooting", "/troubleshooting"),
    ],
  },
  {
    text: "Guides",
    items: [
      page("Signing in", "/guides/signing-in"),
      page("Watching and waiting", "/guides/watching-and-waiting"),
      page("Data", "/guides/data"),
      page("Reliability", "/guides/reliability"),
      page("Observability", "/guides/observability"),
      page("Browser", "/guides/browser"),
      page("Registering and launching", "/guides/registering-and-launching"),
      page("Types and forms", "/guides/types-and-forms"),
      page("Command line", "/guides/command-line"),
      page("Testing", "/testing"),
      page("Coding agents", "/agents"),
    ],
  },
  {
    text: "Facts",
    items: [
      page("Filter fields", "/filter-fields"),
      page("RPCs and methods", "/rpcs"),
      page("Limits of REST", "/rest-limits"),
      page("Performance", "/performance"),
      page("Compatibility", "/compatibility"),
      page("Conformance", "/conformance"),
      page("Versioning", "/versioning"),
    ],
  },
];

/** The pages that the sidebar names, as paths from docs/ without an ending. */
export const sidebarPages = sidebar.flatMap(({ items }) =>
  items.map(({ link }) => (link === "/" ? "index" : link.slice(1))),
);
