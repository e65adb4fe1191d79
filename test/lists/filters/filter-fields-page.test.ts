import { readFileSync } from "node:fs";

import { expect, test } from "@jest/globals";

import { filterFieldsPage } from "./filter-fields-page.js";

test("docs/filter-fields.md has the fields of every list, as the tables have them", () => {
  expect(readFileSync("docs/filter-fields.md", "utf8")).toBe(filterFieldsPage());
});
