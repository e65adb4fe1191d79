import { AdminClient } from "flyte-admin-client";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

import type { FormPageConfig } from "./config.js";
import { LaunchForm } from "./launch-form.js";

const status = document.querySelector("#status");
const root = document.querySelector("#form");

function show(text: string): void {
  if (status !== null) status.textContent = text;
}

async function main(): Promise<void> {
  const answer = await fetch("config.json");
  // The page's own server sends it.
  const { baseUrl, launchPlan, ...defaults } = (await answer.json()) as FormPageConfig;
  const admin = new AdminClient({ baseUrl, defaults });
  const plan = await admin.launchPlans.getActive({ name: launchPlan });
  if (root !== null) {
    createRoot(root).render(createElement(LaunchForm, { admin, plan, onResult: show }));
  }
}

main().catch((error: unknown) => {
  show(error instanceof Error ? error.message : String(error));
});
