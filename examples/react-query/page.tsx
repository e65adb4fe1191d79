import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { AdminClient } from "flyte-admin-client";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.js";

const parameters = new URLSearchParams(location.search);
const admin = new AdminClient({
  baseUrl: parameters.get("server") ?? location.origin,
  defaults: {
    project: parameters.get("project") ?? "flytesnacks",
    domain: parameters.get("domain") ?? "development",
  },
});
// The client retries by itself, by what FlyteAdmin's errors mean.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App admin={admin} />
    </QueryClientProvider>
  </StrictMode>,
);
